package dev.keyling.window;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.AggregateFunction;
import dev.keyling.function.ReduceFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.TypeInformation;
import java.time.Duration;
import java.util.function.Function;

/** A keyed stream, and how the step to come is windowed. */
record WindowedSteps<K, T, W extends Window>(
    KeyedStream<K, T> elements, Windowing<K, T, W> windowing) implements WindowedStream<K, T, W> {

  private WindowedStream<K, T, W> with(Windowing<K, T, W> changed) {
    return new WindowedSteps<>(elements, changed);
  }

  @Override
  public WindowedStream<K, T, W> trigger(Trigger<? super T, ? super W> trigger) {
    return with(windowing.with(trigger));
  }

  @Override
  public WindowedStream<K, T, W> evictor(Evictor<T, ? super W> evictor) {
    return with(windowing.with(evictor));
  }

  @Override
  public WindowedStream<K, T, W> allowedLateness(Duration lateness) {
    return with(windowing.withLateness(Millis.notNegative("the allowed lateness", lateness)));
  }

  @Override
  public WindowedStream<K, T, W> sideOutputLateData(OutputTag<T> tag) {
    return with(windowing.withLate((element, ctx) -> ctx.output(tag, element)));
  }

  @Override
  public WindowedStream<K, T, W> sideOutputClosed(OutputTag<ClosedWindow<K, W>> tag) {
    return with(windowing.withClosed(tag));
  }

  @Override
  public KeyedStep<K, T> reduce(String stepId, TypeInformation<T> type, ReduceFunction<T> reducer) {
    Evictor<T, ? super W> evictor = windowing.evictor();
    return evictor == null
        ? steps().make(stepId, type, new Reduced<>(reducer, type), ctx -> WindowResults::passOn)
        : steps()
            .make(
                stepId, type, new Evicted<>(type, evictor), ctx -> WindowResults.reducing(reducer));
  }

  @Override
  public <ACC, R> KeyedStep<K, R> aggregate(
      String stepId, TypeInformation<ACC> type, AggregateFunction<? super T, ACC, R> aggregate) {
    return this.<ACC, R, R>aggregate(stepId, type, aggregate, ctx -> WindowResults::passOn);
  }

  @Override
  public <ACC, R, O> KeyedStep<K, O> aggregate(
      String stepId,
      TypeInformation<ACC> type,
      AggregateFunction<? super T, ACC, R> aggregate,
      Function<RuntimeContext, ? extends ProcessWindowFunction<K, R, O, W>> factory) {
    Refusals.checkNoEvictor(windowing, steps().where(stepId));
    return steps().make(stepId, type, new Aggregated<>(aggregate, type), factory);
  }

  @Override
  public <O> KeyedStep<K, O> process(
      String stepId,
      TypeInformation<T> type,
      Function<RuntimeContext, ? extends ProcessWindowFunction<K, T, O, W>> factory) {
    return steps().make(stepId, type, Evicted.of(type, windowing.evictor()), factory);
  }

  private WindowSteps<K, T, W> steps() {
    return new WindowSteps<>(elements, windowing);
  }
}
