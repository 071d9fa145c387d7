package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commits of a step that are under way; tells the coordinator of each that is durable. */
final class Sealings {
  private final BarrierSetup setup;
  private final Map<Long, Sealing> sealings = new HashMap<>();

  private static final class Sealing {
    /** As it was at the marker: when the commit is durable, the lanes are further on. */
    final long watermark;

    /** Key groups that have not answered. */
    int open;

    long bytes;

    Sealing(long watermark, int open) {
      this.watermark = watermark;
      this.open = open;
    }
  }

  Sealings(BarrierSetup setup) {
    this.setup = setup;
  }

  /**
   * A commit begins.
   *
   * @param groups how many key groups were told to seal
   * @param declined why the step takes no part in the checkpoint, null if it does; what is
   *     committed stays valid either way
   */
  void begin(long id, long watermark, int groups, @Nullable Throwable declined) {
    if (declined != null) {
      setup.job().accept(new JobMessage.Declined(setup.attempt(), id, declined));
      return;
    }
    Sealing sealing = new Sealing(watermark, groups);
    sealings.put(id, sealing);
    reportIfDurable(id, sealing);
  }

  void committed(GroupEvent.Committed event) {
    Sealing sealing = sealings.get(event.id());
    if (sealing != null) {
      sealing.open--;
      sealing.bytes += event.bytes();
      reportIfDurable(event.id(), sealing);
    }
  }

  private void reportIfDurable(long id, Sealing sealing) {
    if (sealing.open == 0) {
      sealings.remove(id);
      setup
          .job()
          .accept(
              new JobMessage.StepCommitted(
                  setup.attempt(), id, setup.step(), sealing.bytes, sealing.watermark));
    }
  }
}
