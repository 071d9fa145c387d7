package dev.keyling.window;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.AggregateFunction;
import dev.keyling.function.ReduceFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.operator.Extremum;
import dev.keyling.state.TypeInformation;
import java.time.Duration;
import java.util.function.Function;

/**
 * A keyed stream whose elements belong to windows. Immutable: its first methods return another
 * stream, the last ones make the step. Semantics of Flink's.
 *
 * <p>A window fires when its {@link Trigger} says so: by default once, when the watermark (or the
 * clock, in processing time) has passed its end. At the end of input every window of time is over:
 * in event time because the watermark is at the end of time, in processing time because nothing
 * more can come. Outputs have the last timestamp of their window; those of a global window have the
 * timestamp of the element or timer that made it fire.
 *
 * <p>What is stored of a window is removed at its end, in event time the allowed lateness after it.
 * Elements that come for a window after that are late, and dropped, if no side output takes them.
 */
public interface WindowedStream<K, T, W extends Window> {

  /** Puts the elements of a keyed stream into windows. */
  static <K, T, W extends Window> WindowedStream<K, T, W> of(
      KeyedStream<K, T> elements, WindowAssigner<? super T, W> assigner) {
    return new WindowedSteps<>(elements, Windowing.by(assigner));
  }

  /** Fires windows by another trigger than the default one. */
  WindowedStream<K, T, W> trigger(Trigger<? super T, ? super W> trigger);

  /** Takes elements out of windows when they fire; they are all stored then. */
  WindowedStream<K, T, W> evictor(Evictor<T, ? super W> evictor);

  /**
   * Lets windows in event time take elements for so long after their end; by default 0.
   *
   * @throws IllegalArgumentException if it is negative
   */
  WindowedStream<K, T, W> allowedLateness(Duration lateness);

  /** Emits on a side output the elements that came too late for all of their windows. */
  WindowedStream<K, T, W> sideOutputLateData(OutputTag<T> tag);

  /** Tells on a side output of every window that is over. */
  WindowedStream<K, T, W> sideOutputClosed(OutputTag<ClosedWindow<K, W>> tag);

  /**
   * Emits the reduction of a window's elements. Stores one value per window; all elements if there
   * is an evictor.
   */
  KeyedStep<K, T> reduce(String stepId, TypeInformation<T> type, ReduceFunction<T> reducer);

  /**
   * Emits what an aggregate makes of a window's elements. Stores one accumulator per window.
   *
   * @throws IllegalArgumentException if there is an evictor
   */
  <ACC, R> KeyedStep<K, R> aggregate(
      String stepId, TypeInformation<ACC> type, AggregateFunction<? super T, ACC, R> aggregate);

  /**
   * Hands to a window function what an aggregate makes of a window's elements: one result. Stores
   * one accumulator per window.
   *
   * @throws IllegalArgumentException if there is an evictor
   */
  <ACC, R, O> KeyedStep<K, O> aggregate(
      String stepId,
      TypeInformation<ACC> type,
      AggregateFunction<? super T, ACC, R> aggregate,
      Function<RuntimeContext, ? extends ProcessWindowFunction<K, R, O, W>> factory);

  /** Hands a window's elements to a window function. Stores them all. */
  <O> KeyedStep<K, O> process(
      String stepId,
      TypeInformation<T> type,
      Function<RuntimeContext, ? extends ProcessWindowFunction<K, T, O, W>> factory);

  /** Emits that one of a window's elements whose field is least; of several, the first. */
  default <C extends Comparable<? super C>> KeyedStep<K, T> minBy(
      String stepId, TypeInformation<T> type, Function<? super T, ? extends C> by) {
    return reduce(stepId, type, Extremum.MIN.by(by));
  }

  /** Emits that one of a window's elements whose field is greatest; of several, the first. */
  default <C extends Comparable<? super C>> KeyedStep<K, T> maxBy(
      String stepId, TypeInformation<T> type, Function<? super T, ? extends C> by) {
    return reduce(stepId, type, Extremum.MAX.by(by));
  }
}
