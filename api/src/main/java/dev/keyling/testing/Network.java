package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.plan.Node.SourceNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stages of a dataflow, wired, in one thread: what flows into an entrance has reached every
 * sink when the call returns.
 */
final class Network {
  /** More rounds of timers than this without the clock having moved go on for ever. */
  private static final int ENDLESS = 300_000;

  private final ManualClock clock;
  private final IdentityHashMap<SourceNode, Map<String, Inlet>> entrances;
  private final List<StepStage> steps = new ArrayList<>();
  private final List<OperatorStage> operators = new ArrayList<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private final List<Remembering> remembering = new ArrayList<>();

  Network(
      ManualClock clock,
      IdentityHashMap<SourceNode, Map<String, Inlet>> entrances,
      List<Object> stages) {
    this.clock = clock;
    this.entrances = entrances;
    for (Object stage : stages) {
      if (stage instanceof StepStage step) {
        steps.add(step);
      }
      if (stage instanceof OperatorStage operator) {
        operators.add(operator);
      }
      if (stage instanceof Alarm alarm) {
        alarms.add(alarm);
      }
      if (stage instanceof Remembering memory) {
        remembering.add(memory);
      }
    }
  }

  /** Returns where the elements of a source go, by partition. */
  Map<String, Inlet> entrancesOf(SourceNode source) {
    Map<String, Inlet> found = entrances.get(source);
    if (found == null) {
      throw new IllegalArgumentException("a source of another dataflow");
    }
    return found;
  }

  /** Returns the keyed steps, in the order in which they were written. */
  List<StepStage> steps() {
    return steps;
  }

  boolean hasOperators() {
    return !operators.isEmpty();
  }

  /**
   * Ages the keys of steps, makes the functions of operators. To be called before anything comes
   * in, after a load.
   */
  void begin() throws Exception {
    for (StepStage step : steps) {
      step.begin();
    }
    for (OperatorStage operator : operators) {
      operator.begin();
    }
  }

  /** Has operators write what they remember; to be called before {@link #save}. */
  void snapshot(long checkpoint) throws Exception {
    for (OperatorStage operator : operators) {
      operator.snapshot(checkpoint);
    }
  }

  /** Tells functions what became of a checkpoint. */
  void tell(OperatorCall call) throws Exception {
    for (StepStage step : steps) {
      step.each(KeyMemory::listens, (cell, out) -> cell.call(call, out));
    }
    for (OperatorStage operator : operators) {
      operator.call(call);
    }
  }

  /** Does what is due now. To be called after everything that came in. */
  void settle() throws Exception {
    advanceTo(clock.millis());
  }

  /**
   * Lets time pass: the clock stops at every time at which something is due and shows that time
   * while it happens.
   */
  void advanceTo(long target) throws Exception {
    int rounds = 0;
    for (long due; (due = due()) <= target && due != Alarm.NEVER; ) {
      rounds = due > clock.millis() ? 0 : rounds + 1;
      if (rounds > ENDLESS) {
        throw new AssertionError(
            "at %d on the clock, timers are due again after %d rounds of timers; a function that"
                    .formatted(clock.millis(), ENDLESS)
                + " sets a timer for the past in every onTimer never ends");
      }
      clock.set(Math.max(clock.millis(), due));
      for (Alarm alarm : alarms) {
        if (alarm.due() <= clock.millis()) {
          alarm.ring();
        }
      }
    }
    clock.set(target);
  }

  private long due() {
    return alarms.stream().mapToLong(Alarm::due).min().orElse(Alarm.NEVER);
  }

  void save(ByteWriter writer) {
    for (Remembering stage : remembering) {
      writer.writeString(stage.label());
      stage.save(writer);
    }
  }

  /** Goes on from what {@link #save} wrote; refuses what other stages wrote. */
  void load(ByteReader reader) {
    for (Remembering stage : remembering) {
      String label = reader.readString();
      if (!label.equals(stage.label())) {
        throw new IllegalArgumentException(
            "the snapshot was taken of other steps: it has "
                + label
                + " where "
                + stage.label()
                + " is now");
      }
      stage.load(reader);
    }
    if (reader.remaining() > 0) {
      throw new IllegalArgumentException("the snapshot was taken of more steps");
    }
  }

  /** Lets all functions go. */
  void close() {
    steps.forEach(StepStage::close);
    operators.forEach(OperatorStage::close);
  }
}
