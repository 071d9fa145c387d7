package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.kernel.StepFailure;
import dev.keyling.plan.OperatorFunction;
import dev.keyling.time.TimestampedValue;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Runs one operator, with all its partitions, in the calling thread: elements go in by hand,
 * outputs are taken out, and a snapshot can be restored with another number of partitions.
 *
 * <pre>{@code
 * var harness = OperatorTestHarness.of(Buffer::new, 2);
 * harness.processElement("a");
 * harness = harness.restore(harness.snapshot(), 3);
 * }</pre>
 *
 * <p>The operator runs on the same kernel as in a running system, as step {@code "step"} of
 * dataflow {@code "test"}. Its functions are made when the harness is. Elements go to the
 * partitions in turn, beginning with partition 0. The clock stands at 0. Not thread-safe.
 */
public final class OperatorTestHarness<I, O> implements AutoCloseable {
  private final OperatorFunction.Factory factory;
  private final int partitions;
  private final OperatorStage stage;
  private final Collected outputs = new Collected();
  private long checkpoint;

  private OperatorTestHarness(OperatorFunction.Factory factory, int partitions, int attempt) {
    if (partitions < 1) {
      throw new IllegalArgumentException("an operator has 1 partition or more, not " + partitions);
    }
    this.factory = factory;
    this.partitions = partitions;
    StepDefinition<Object, Object, Object> definition =
        new StepDefinition<>(
            "test",
            "step",
            KeyCodec.ofPartitions(partitions, "dataflow \"test\" step \"step\""),
            partitions,
            factory,
            List.of(),
            false);
    this.stage = new OperatorStage(definition, new ManualClock(), attempt);
    stage.outlet().connect(outputs);
  }

  /**
   * Makes a harness and the functions of all partitions, which begin with nothing.
   *
   * @throws StepFailure if the factory or {@code initializeState} throws
   */
  @SuppressWarnings("unchecked") // the kernel handles elements as objects
  public static <I, O> OperatorTestHarness<I, O> of(
      Function<OperatorContext, ? extends ProcessFunction<I, O>> factory, int partitions) {
    OperatorFunction.Factory functions =
        new OperatorFunction.Factory(
            (Function<OperatorContext, ProcessFunction<Object, Object>>)
                (Function<OperatorContext, ?>) factory);
    OperatorTestHarness<I, O> harness = new OperatorTestHarness<>(functions, partitions, 1);
    harness.run(harness.stage::begin);
    return harness;
  }

  /** What happens to the operator. */
  private interface Work {
    void run() throws Exception;
  }

  private void run(Work work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("the harness reads no source and runs no stateless step", e);
    }
  }

  /**
   * Handles an element without a timestamp.
   *
   * @throws StepFailure if the function throws; what it did is undone
   */
  public void processElement(I element) {
    processElement(element, Outputs.NO_TIMESTAMP);
  }

  /**
   * Handles an element.
   *
   * @param timestamp its event time in ms since 1970
   * @throws StepFailure if the function throws; what it did is undone
   */
  public void processElement(I element, long timestamp) {
    Objects.requireNonNull(element, "element");
    run(() -> stage.element(null, element, timestamp));
  }

  /** Ends the input: calls {@code onEndOfInput} of every partition. */
  public void endInput() {
    run(stage::end);
  }

  /** Takes the outputs since the last time, in order. */
  public List<O> takeOutput() {
    return takeTimestampedOutput().stream().map(TimestampedValue::value).toList();
  }

  /** Takes the outputs since the last time, in order, with their timestamps. */
  @SuppressWarnings("unchecked") // the operator's outputs are of its output type
  public List<TimestampedValue<O>> takeTimestampedOutput() {
    return (List<TimestampedValue<O>>) (List<?>) List.copyOf(outputs.take());
  }

  /**
   * Takes a checkpoint and returns what it holds: calls {@code snapshotState} of every partition.
   * The first id is 1. Nobody is told that it is complete; see {@link #completeCheckpoint}.
   *
   * @throws StepFailure if a function throws; what it did is undone
   */
  public byte[] snapshot() {
    long id = ++checkpoint;
    run(() -> stage.snapshot(id));
    ByteWriter writer = new ByteWriter();
    writer.writeLong(id);
    stage.save(writer);
    return writer.toByteArray();
  }

  /** Tells every partition that the last checkpoint is complete. */
  public void completeCheckpoint() {
    run(() -> stage.call(new OperatorCall.Completed(checkpoint)));
  }

  /** Tells every partition that the last checkpoint was given up. */
  public void abortCheckpoint() {
    run(() -> stage.call(new OperatorCall.Aborted(checkpoint)));
  }

  /** Returns a harness with fresh functions that begin with the snapshot; this one stays. */
  public OperatorTestHarness<I, O> restore(byte[] snapshot) {
    return restore(snapshot, partitions);
  }

  /**
   * Returns a harness with fresh functions that begin with the snapshot, parted among another
   * number of partitions; this one stays as it is.
   *
   * @param snapshot of a harness, with whatever number of partitions
   * @throws IllegalArgumentException if there are fewer partitions than before, and one that is no
   *     more has raw state
   * @throws StepFailure if the factory or {@code initializeState} throws
   */
  public OperatorTestHarness<I, O> restore(byte[] snapshot, int newPartitions) {
    OperatorTestHarness<I, O> restored = new OperatorTestHarness<>(factory, newPartitions, 2);
    ByteReader reader = new ByteReader(snapshot);
    restored.checkpoint = reader.readLong();
    restored.stage.load(reader);
    restored.run(restored.stage::begin);
    return restored;
  }

  /** Lets all function objects go: calls their {@code close()}. */
  @Override
  public void close() {
    stage.close();
  }
}
