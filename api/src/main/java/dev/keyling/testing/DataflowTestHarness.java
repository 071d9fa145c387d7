package dev.keyling.testing;

import dev.keyling.Dataflow;
import dev.keyling.JobFailedException;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.kernel.StepFailure;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Plan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a whole dataflow in the calling thread, with a clock that starts at 0 and is moved by hand
 * ({@link TestingSource#advance}, {@link #advanceProcessingTime}).
 *
 * <p>Sources are read in turn, one element of each partition at a time, and each element has
 * reached the sinks before the next is read. A watermark follows every element that raises it. So
 * results are always the same.
 *
 * <p>With checkpointing enabled, a checkpoint is taken after every element ({@link
 * #checkpointEvery}), and a failure rolls back to the last one if the restart strategy allows
 * another attempt; its delay is not waited for. Without it, a restart begins at the beginning.
 *
 * <p>Sinks are not opened and nothing is written to them; {@link #output} tells what the outside
 * would see. Not thread-safe.
 */
public final class DataflowTestHarness implements AutoCloseable {
  /** So many restarts in a row that come no further than the one before are for ever. */
  private static final int HOPELESS = 100;

  private final Plan plan;
  private final ManualClock clock = new ManualClock();
  private final Map<String, VisibleOutput> outputs = new LinkedHashMap<>();
  private final Setting setting;
  private Restarts restarts;
  private Attempt.Cut checkpoint = Attempt.Cut.BEGINNING;
  private @Nullable Attempt current;
  private int attempts;
  private int inVain;
  private int interval = 1;
  private int sinceCheckpoint;
  private int declined;
  private long checkpointId;

  private DataflowTestHarness(Plan plan) {
    this.plan = plan;
    for (SinkNode sink : plan.sinks()) {
      outputs.put(sink.stepId(), new VisibleOutput(sink.sink()));
    }
    this.setting =
        new Setting(plan, clock, null, sink -> Objects.requireNonNull(outputs.get(sink.stepId())));
    this.restarts = new Restarts(plan.restarts(), clock);
  }

  /** Makes a harness for a dataflow as it is now. */
  public static DataflowTestHarness of(Dataflow flow) {
    return new DataflowTestHarness(flow.plan());
  }

  /**
   * Takes a checkpoint after so many elements, over all sources, instead of after each. Has no
   * effect on a dataflow that has not enabled checkpointing.
   */
  public DataflowTestHarness checkpointEvery(int elements) {
    if (elements < 1) {
      throw new IllegalArgumentException("a checkpoint takes 1 element or more, not " + elements);
    }
    interval = elements;
    return this;
  }

  /**
   * Reads all sources until they end, and then ends the input of every step; a source that is idle
   * is left there, so that a later run goes on with it. A last checkpoint is taken then.
   *
   * <p>After a failure for good, another run is a new run of the job: it begins at the last
   * checkpoint.
   *
   * @throws JobFailedException if it fails and the restart strategy allows no other attempt; the
   *     cause is what failed the last one
   */
  public void run() {
    work(attempt -> attempt.read(this::elementHandled));
  }

  /**
   * Lets time pass, between runs or after them: fires the processing-time timers that get due, each
   * at its time.
   *
   * @param by whole milliseconds; not negative
   * @throws JobFailedException as {@link #run} does
   */
  public void advanceProcessingTime(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock does not go back by " + by);
    }
    long target = Math.addExact(clock.millis(), by.toMillis());
    work(attempt -> attempt.advanceTo(target));
  }

  /**
   * Returns what the outside would see of a sink by now. An exactly-once sink shows what a
   * completed checkpoint covers (without checkpointing: all, when the input has ended). An
   * idempotent sink shows every element once. An at-least-once sink shows an element again for each
   * time that a restart has written it.
   *
   * @throws IllegalArgumentException if there is no such sink
   */
  public List<?> output(String sinkStepId) {
    VisibleOutput output = outputs.get(sinkStepId);
    if (output == null) {
      throw new IllegalArgumentException(
          "dataflow \"%s\" has no sink \"%s\"; its sinks are %s"
              .formatted(plan.name(), sinkStepId, outputs.keySet()));
    }
    return output.visible();
  }

  /** Lets readers and functions go; sources that ended and attempts that failed have done so. */
  @Override
  public void close() {
    Attempt attempt = current;
    current = null;
    if (attempt != null) {
      try {
        attempt.close();
      } catch (Exception e) {
        throw new IllegalStateException("dataflow \"" + plan.name() + "\" did not close: " + e, e);
      }
    }
  }

  /** What an attempt is asked to do. */
  private interface Work {
    void run(Attempt attempt) throws Exception;
  }

  private void work(Work work) {
    while (true) {
      try {
        Attempt attempt = attempt();
        work.run(attempt);
        if (plan.checkpoints().isCheckpointingEnabled() || attempt.hasEnded()) {
          complete(attempt);
        }
        return;
      } catch (Exception e) {
        failed(e);
      }
    }
  }

  private Attempt attempt() throws Exception {
    Attempt attempt = current;
    if (attempt == null) {
      attempt = Attempt.start(setting, ++attempts, checkpoint);
      current = attempt;
    }
    return attempt;
  }

  private void elementHandled() throws Exception {
    Attempt attempt = current;
    boolean enabled = plan.checkpoints().isCheckpointingEnabled();
    if (attempt != null && ++sinceCheckpoint >= interval && enabled) {
      complete(attempt);
    }
  }

  /** Takes a checkpoint; without checkpointing the end is only where a later run goes on. */
  private void complete(Attempt attempt) throws Exception {
    boolean enabled = plan.checkpoints().isCheckpointingEnabled();
    sinceCheckpoint = 0;
    if (enabled && !snapshot(attempt, ++checkpointId)) {
      return;
    }
    checkpoint = attempt.cut();
    outputs.values().forEach(VisibleOutput::checkpointCompleted);
    inVain = 0;
    declined = 0;
    if (enabled) {
      attempt.tell(new OperatorCall.Completed(checkpointId));
    }
  }

  /** Returns whether there is a checkpoint: some may fail, if that is tolerable. */
  private boolean snapshot(Attempt attempt, long id) throws Exception {
    try {
      attempt.snapshot(id);
      return true;
    } catch (StepFailure e) {
      if (++declined > plan.checkpoints().getTolerableCheckpointFailureNumber()) {
        throw e;
      }
      attempt.tell(new OperatorCall.Aborted(id));
      return false;
    }
  }

  /** Rolls back, or gives up. */
  private void failed(Exception failure) {
    Attempt attempt = current;
    current = null;
    if (attempt != null) {
      attempt.closeAfter(failure);
    }
    outputs.values().forEach(VisibleOutput::attemptFailed);
    sinceCheckpoint = 0;
    declined = 0;
    if (!restarts.anotherAttempt()) {
      restarts = new Restarts(plan.restarts(), clock);
      throw new JobFailedException(
          "dataflow \"" + plan.name() + "\" failed in attempt " + attempts + ": " + failure,
          failure);
    }
    if (++inVain > HOPELESS) {
      inVain = 0;
      throw new JobFailedException(
          "dataflow \"%s\" failed %d times at the same place, where it would go on failing: %s"
              .formatted(plan.name(), HOPELESS, failure),
          failure);
    }
  }
}
