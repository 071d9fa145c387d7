package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.StepFailure;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Plan;
import dev.keyling.time.TimeDomain;
import java.util.List;
import java.util.function.Consumer;

/** A dataflow with one input, which is fed by hand, and one output that counts. */
final class KeyedRun {
  /** The step id of the sink whose elements are the output. */
  static final String OUTPUT = "keyling-test-output";

  private static final int FORMAT = 1;
  private static final int ATTEMPT = 1;

  private final Plan plan;
  private final ManualClock clock;
  private final SideOutputTap sideOutputs = new SideOutputTap();
  private final Collected outputs = new Collected();
  private final Collected deadLetters = new Collected();
  private final Network network;
  private final Inlet input;
  private long watermark = Long.MIN_VALUE;
  private boolean ended;
  private boolean restartsEveryTurn;
  private boolean begun;
  private long checkpoint;

  KeyedRun(Plan plan, ManualClock clock) {
    this.plan = plan;
    this.clock = clock;
    Collected unread = new Collected();
    Setting setting =
        new Setting(
            plan, clock, sideOutputs, sink -> sink.stepId().equals(OUTPUT) ? outputs : unread);
    try {
      this.network = Wiring.of(setting, ATTEMPT);
    } catch (Exception e) {
      throw new IllegalStateException("a TestingSource has its partitions at hand", e);
    }
    this.input = network.entrancesOf(plan.sources().get(0)).values().iterator().next();
    for (int i = 0; i < plan.steps().size(); i++) {
      KeyedNode step = plan.steps().get(i);
      if (plan.skipsErrors(step)) {
        network.steps().get(i).port(plan.sideOutputsOf(step).size() + 1).connect(deadLetters);
      }
    }
  }

  /** What happens to the network. */
  private interface Work {
    void run() throws Exception;
  }

  private void run(Work work) {
    try {
      if (!begun) {
        begun = true;
        network.begin();
      }
      work.run();
      network.settle();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // of a stateless function
      throw new StepFailure("dataflow \"" + plan.name() + "\": a function threw " + e, e);
    }
  }

  private void requireInput(String what) {
    if (ended) {
      throw new IllegalStateException(
          "the input has ended, so it cannot take " + what + "; restore a snapshot to go on");
    }
  }

  void element(Object value, long timestamp) {
    requireInput("an element");
    run(() -> input.element(null, value, timestamp));
  }

  void watermark(long newWatermark) {
    requireInput("a watermark");
    if (newWatermark < watermark) {
      throw new IllegalArgumentException(
          "the watermark is at " + watermark + " and does not go back to " + newWatermark);
    }
    watermark = newWatermark;
    run(() -> input.watermark(newWatermark));
  }

  void end() {
    requireInput("another end");
    ended = true;
    run(input::end);
  }

  long time() {
    return clock.millis();
  }

  void advanceTo(long time) {
    if (time < clock.millis()) {
      throw new IllegalArgumentException(
          "the clock is at " + clock.millis() + " and does not go back to " + time);
    }
    run(() -> network.advanceTo(time));
  }

  Collected outputs() {
    return outputs;
  }

  SideOutputTap sideOutputs() {
    return sideOutputs;
  }

  Collected deadLetters() {
    return deadLetters;
  }

  byte[] snapshot() {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(FORMAT);
    writer.writeLong(watermark);
    if (network.hasOperators()) { // nobody else is told of it
      long id = ++checkpoint;
      run(() -> network.snapshot(id));
      writer.writeLong(id);
    }
    network.save(writer);
    return writer.toByteArray();
  }

  /** Returns another run with what the snapshot holds, at the time that it is here. */
  KeyedRun restore(byte[] snapshot) {
    KeyedRun restored = new KeyedRun(plan, clock.copy());
    ByteReader reader = new ByteReader(snapshot);
    if (reader.readByte() != FORMAT) {
      throw new IllegalArgumentException("these bytes are not a snapshot of a harness");
    }
    restored.watermark = reader.readLong();
    if (network.hasOperators()) {
      restored.checkpoint = reader.readLong();
    }
    restored.network.load(reader);
    restored.restartEveryTurn(restartsEveryTurn);
    restored.run(() -> {}); // what is overdue fires
    return restored;
  }

  void restartEveryTurn(boolean on) {
    restartsEveryTurn = on;
    steps(step -> step.restartEveryTurn(on));
  }

  private void steps(Consumer<StepStage> action) {
    network.steps().forEach(action);
  }

  StepStage lastStep() {
    List<StepStage> steps = network.steps();
    if (steps.isEmpty()) {
      throw new IllegalStateException("there is no keyed step in this harness");
    }
    return steps.get(steps.size() - 1);
  }

  int numEntries() {
    return network.steps().stream().mapToInt(StepStage::numEntries).sum();
  }

  int numTimers(TimeDomain domain) {
    return network.steps().stream().mapToInt(step -> step.numTimers(domain)).sum();
  }

  void close() {
    steps(StepStage::close);
  }
}
