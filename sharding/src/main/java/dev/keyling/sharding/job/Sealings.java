package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import dev.keyling.sharding.lane.LaneReport;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a step that are under way; tells the coordinator of each that is durable, in the
 * order of the checkpoints. A checkpoint makes all commits before it valid too, those included that
 * were made for one that is given up: so it must wait for them, also where nothing has changed
 * since.
 */
final class Sealings {
  private final BarrierSetup setup;
  private final TreeMap<Long, Sealing> sealings = new TreeMap<>();

  private static final class Sealing {
    /** As it was at the marker: when the commit is durable, the lanes are further on. */
    final long watermark;

    /** Also as it was at the marker. */
    final boolean ended;

    final long alignmentNanos;

    final boolean isDeclined;

    /** Key groups that have not answered, and lanes. */
    int open;

    long bytes;
    long keys;

    /** By lane, what the marker has overtaken in it. */
    final Map<String, byte[]> overtaken = new TreeMap<>();

    Sealing(long watermark, boolean ended, long alignmentNanos, int open, boolean isDeclined) {
      this.watermark = watermark;
      this.ended = ended;
      this.alignmentNanos = alignmentNanos;
      this.open = open;
      this.isDeclined = isDeclined;
    }
  }

  Sealings(BarrierSetup setup) {
    this.setup = setup;
  }

  /**
   * A commit begins.
   *
   * @param ended whether the input has ended, and the functions know
   * @param alignmentNanos for how long lanes were held until all were at the marker
   * @param open how many key groups were told to seal, and how many lanes will say what the marker
   *     has overtaken in them
   * @param declined why the step takes no part in the checkpoint, null if it does; what is
   *     committed stays valid either way
   */
  void begin(
      long id,
      long watermark,
      boolean ended,
      long alignmentNanos,
      int open,
      @Nullable Throwable declined) {
    sealings.put(id, new Sealing(watermark, ended, alignmentNanos, open, declined != null));
    if (declined != null) {
      setup.job().accept(new JobMessage.Declined(setup.attempt(), id, declined));
    }
    reportDurable();
  }

  void committed(GroupEvent.Committed event) {
    Sealing sealing = sealings.get(event.id());
    if (sealing != null) {
      sealing.bytes += event.bytes();
      sealing.keys += event.keys();
      answered(sealing);
    }
  }

  void overtaken(LaneReport.Overtaken what) {
    Sealing sealing = sealings.get(what.marker());
    if (sealing != null) {
      sealing.overtaken.put(what.lane(), what.elements());
      sealing.bytes += what.elements().length;
      answered(sealing);
    }
  }

  private void answered(Sealing sealing) {
    sealing.open--;
    reportDurable();
  }

  private void reportDurable() {
    Map.Entry<Long, Sealing> first = sealings.firstEntry();
    while (first != null && first.getValue().open == 0) {
      report(first.getKey(), first.getValue());
      sealings.remove(first.getKey());
      first = sealings.firstEntry();
    }
  }

  private void report(long id, Sealing durable) {
    if (!durable.isDeclined) {
      setup
          .job()
          .accept(
              new JobMessage.StepCommitted(
                  setup.attempt(),
                  id,
                  setup.step(),
                  durable.bytes,
                  durable.keys,
                  durable.watermark,
                  durable.ended,
                  durable.alignmentNanos,
                  durable.overtaken));
    }
  }
}
