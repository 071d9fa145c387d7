package dev.keyling.semantics.world;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.connector.Sink;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A keyed step as a test describes it, for every world.
 *
 * @param step makes it of the keyed elements
 * @param sideOutputs those that the test takes
 * @param skips whether elements on which it throws become dead letters
 * @param stamped whether the test takes outputs with their timestamps
 * @param restarting whether the step restarts, with fresh functions, after what happens to it:
 *     after each of the first things, and now and then later where a restart costs much
 */
public record StepUnderTest<K, I, O>(
    Function<? super I, ? extends K> key,
    TypeInformation<K> keyType,
    Function<? super KeyedStream<K, I>, ? extends KeyedStep<K, O>> step,
    List<OutputTag<?>> sideOutputs,
    boolean skips,
    boolean stamped,
    boolean restarting) {

  /** Describes a function as the step {@code "step"}. */
  public static <K, I, O> StepUnderTest<K, I, O> of(
      Function<? super I, ? extends K> key,
      TypeInformation<K> keyType,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory) {
    return ofStep(key, keyType, keyed -> keyed.process("step", factory));
  }

  /**
   * Describes any keyed step: {@code s -> s.reduce("total", …)}. Several streams for it are made of
   * the one by filters.
   */
  public static <K, I, O> StepUnderTest<K, I, O> ofStep(
      Function<? super I, ? extends K> key,
      TypeInformation<K> keyType,
      Function<? super KeyedStream<K, I>, ? extends KeyedStep<K, O>> step) {
    return new StepUnderTest<>(key, keyType, step, List.of(), false, false, false);
  }

  public StepUnderTest<K, I, O> withSideOutputs(OutputTag<?>... tags) {
    return new StepUnderTest<>(key, keyType, step, List.of(tags), skips, stamped, restarting);
  }

  public StepUnderTest<K, I, O> skipping() {
    return new StepUnderTest<>(key, keyType, step, sideOutputs, true, stamped, restarting);
  }

  public StepUnderTest<K, I, O> withTimestamps() {
    return new StepUnderTest<>(key, keyType, step, sideOutputs, skips, true, restarting);
  }

  public StepUnderTest<K, I, O> restarting(boolean now) {
    return new StepUnderTest<>(key, keyType, step, sideOutputs, skips, stamped, now);
  }

  /** Begins to run it, with no memory, until the test ends. */
  public StepRun<K, I, O> run() {
    return OpenRuns.begin(this);
  }

  /**
   * Puts the step behind an input, and a sink behind each of its outputs. The main one is of {@link
   * TimestampedValue}s if timestamps are asked for.
   *
   * @param sinks by port: 0 is the main output, then the side outputs, then the dead letters
   */
  public void connect(DataStream<I> input, IntFunction<Sink<Object>> sinks) {
    KeyedStep<K, O> made = step.apply(input.keyBy(key, keyType));
    DataStream<?> main = stamped ? stamps(made) : made;
    int port = 0;
    main.to("port-0", sinks.apply(port++));
    for (OutputTag<?> tag : sideOutputs) {
      made.getSideOutput(tag).to("port-" + port, sinks.apply(port++));
    }
    if (skips) {
      made.deadLetters().to("port-" + port, sinks.apply(port));
    }
  }

  /** Keyed anew, since what is emitted for a broadcast element has no key. */
  private static <O> DataStream<Object> stamps(DataStream<O> made) {
    return made.keyBy(value -> "all", Types.STRING).process("stamps", ctx -> new Stamping<>());
  }

  /** Puts its timestamp beside an output. */
  private static final class Stamping<K, O> implements KeyedProcessFunction<K, O, Object> {
    @Override
    public void processElement(
        O value, dev.keyling.function.Context<K> ctx, dev.keyling.function.Collector<Object> out) {
      out.collect(new TimestampedValue<>(value, ctx.timestamp()));
    }
  }
}
