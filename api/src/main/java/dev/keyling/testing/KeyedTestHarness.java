package dev.keyling.testing;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.DeadLetter;
import dev.keyling.KeyView;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.connector.Sinks;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.TypeInformation;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Runs one keyed step, with all its keys, in the calling thread: elements, watermarks and the time
 * go in by hand, outputs are taken out.
 *
 * <pre>{@code
 * var harness = KeyedTestHarness.of(Payment::user, Types.STRING, FraudAlert::new);
 * harness.processElement(payment);
 * assertEquals(List.of("…"), harness.takeOutput());
 * }</pre>
 *
 * <p>The step runs on the same kernel as in a running system, as dataflow {@code "test"}. After
 * every turn what a store would hold is compared with what the function sees.
 *
 * <p>The clock starts at 0 and stands still until it is moved. Processing-time timers fire when the
 * clock gets to them, ordered by time, then by the bytes of the key, and it shows their time while
 * they do. Those that are set for the past, or are overdue after a restore, fire at once: before
 * the call that made them due returns. Event-time timers fire when the watermark gets to them, in
 * the same order.
 *
 * <p>When the function throws, the turn is undone, the call throws {@link StepFailure} with what
 * was thrown as the cause, and the harness can go on. Not thread-safe.
 */
public final class KeyedTestHarness<K, I, O> implements AutoCloseable {
  private static final String INPUT = "keyling-test-input";

  private final KeyedRun run;

  private KeyedTestHarness(KeyedRun run) {
    this.run = run;
  }

  /**
   * Runs a function as the step {@code "step"}.
   *
   * @param key gives each element its key, never null
   */
  public static <K, I, O> KeyedTestHarness<K, I, O> of(
      Function<? super I, ? extends K> key,
      TypeInformation<K> keyType,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory) {
    return ofStep(key, keyType, keyed -> keyed.process("step", factory));
  }

  /**
   * Runs any keyed step: {@code s -> s.reduce("total", …)}. Other steps may stand before and behind
   * it. To skip what it throws on, take its {@code deadLetters()} in here.
   *
   * @param key gives each element its key, never null
   * @param step gets the keyed elements and returns what the harness is to take as output; sinks in
   *     it are not written to
   */
  public static <K, I, O> KeyedTestHarness<K, I, O> ofStep(
      Function<? super I, ? extends K> key,
      TypeInformation<K> keyType,
      Function<? super KeyedStream<K, I>, ? extends DataStream<O>> step) {
    Dataflow flow = Dataflow.named("test");
    KeyedStream<K, I> keyed = flow.from(INPUT, TestingSource.<I>of()).keyBy(key, keyType);
    step.apply(keyed).to(KeyedRun.OUTPUT, Sinks.collect(new ArrayList<>()));
    return new KeyedTestHarness<>(new KeyedRun(flow.plan(), new ManualClock()));
  }

  /**
   * Handles an element without a timestamp.
   *
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void processElement(I element) {
    processElement(element, Outputs.NO_TIMESTAMP);
  }

  /**
   * Handles an element.
   *
   * @param timestamp its event time in ms since 1970
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void processElement(I element, long timestamp) {
    run.element(Objects.requireNonNull(element, "element"), timestamp);
  }

  /**
   * Moves the clock to a time in ms since 1970, as {@link #advanceProcessingTime} does.
   *
   * @throws IllegalArgumentException if the clock shows a later time
   * @throws StepFailure if the function throws; the clock stands at the time of the timer then, and
   *     the timer is still set
   */
  public void setProcessingTime(long time) {
    run.advanceTo(time);
  }

  /**
   * Lets time pass: fires what gets due, and leaves the clock at the end of it.
   *
   * @param by whole milliseconds; not negative
   * @throws StepFailure if the function throws; the clock stands at the time of the timer then, and
   *     the timer is still set
   */
  public void advanceProcessingTime(Duration by) {
    setProcessingTime(Math.addExact(run.time(), by.toMillis()));
  }

  /**
   * Moves the watermark and fires the event timers that it gets to, those included that firing ones
   * set. The watermark where it is already changes nothing.
   *
   * @throws IllegalArgumentException if the watermark is greater already
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void processWatermark(long newWatermark) {
    run.watermark(newWatermark);
  }

  /**
   * Ends the input: moves the watermark to the end of time, then calls {@code onEndOfInput} for
   * every key that holds state or timers, by key group, then by the bytes of the key. Neither is
   * part of a later snapshot. Processing-time timers stay set and can still be made to fire, as
   * they would in a later run.
   *
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void endInput() {
    run.end();
  }

  /** Takes the outputs since the last time, in order. */
  public List<O> takeOutput() {
    return takeTimestampedOutput().stream().map(TimestampedValue::value).toList();
  }

  /** Takes the outputs since the last time, in order, with their timestamps. */
  @SuppressWarnings("unchecked") // the step's outputs are of its output type
  public List<TimestampedValue<O>> takeTimestampedOutput() {
    return (List<TimestampedValue<O>>) (List<?>) List.copyOf(run.outputs().take());
  }

  /** Takes what was emitted on a side output since the last time, in order. */
  @SuppressWarnings("unchecked") // the tag says the type
  public <X> List<X> takeSideOutput(OutputTag<X> tag) {
    return (List<X>) List.copyOf(run.sideOutputs().take(tag));
  }

  /** Takes what was skipped since the last time; see {@link #ofStep}. */
  public List<DeadLetter> takeDeadLetters() {
    return run.deadLetters().take().stream().map(letter -> (DeadLetter) letter.value()).toList();
  }

  /** Returns what all keys hold, timers included, and the watermark; not the outputs. */
  public byte[] snapshot() {
    return run.snapshot();
  }

  /**
   * Returns a harness for the same step with fresh functions and the memory and the watermark of
   * the snapshot. Its clock shows what this one's shows, so timers that have become overdue since
   * the snapshot fire at once. This harness stays as it is.
   *
   * @param snapshot of this harness, or of one whose steps have the same ids
   * @throws IllegalArgumentException if it is none
   */
  public KeyedTestHarness<K, I, O> restore(byte[] snapshot) {
    return new KeyedTestHarness<>(run.restore(snapshot));
  }

  /** Returns what a key holds in the step (if there are several, in the last one). */
  public KeyView view(K key) {
    return run.lastStep().view(key);
  }

  /** Returns the number of state entries of all keys: one per map entry, else one per state. */
  public int numKeyedStateEntries() {
    return run.numEntries();
  }

  /** Returns the number of processing-time timers of all keys. */
  public int numProcessingTimeTimers() {
    return run.numTimers(TimeDomain.PROCESSING_TIME);
  }

  /** Returns the number of event-time timers of all keys. */
  public int numEventTimeTimers() {
    return run.numTimers(TimeDomain.EVENT_TIME);
  }

  /**
   * Sets whether a key is restarted after everything that happened to it: its function object is
   * thrown away and the next one is made from what is stored. Finds what functions keep in plain
   * fields, which a running system forgets now and then.
   */
  public void restartEveryElement(boolean on) {
    run.restartEveryTurn(on);
  }

  /** Lets all function objects go: calls their {@code close()}. */
  @Override
  public void close() {
    run.close();
  }
}
