package dev.keyling;

import dev.keyling.function.EnrichFunction;
import dev.keyling.function.FlatMapFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.TypeInformation;
import dev.keyling.window.IntervalJoin;
import dev.keyling.window.Window;
import dev.keyling.window.WindowAssigner;
import dev.keyling.window.WindowJoin;
import dev.keyling.window.WindowedStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A stream whose elements have keys. Elements of one key are handled one at a time, in order. */
public interface KeyedStream<K, T>
    extends DataStream<T>, RollingAggregates<K, T>, StatefulOperators<K, T> {

  @Override
  <R> KeyedStream<K, R> map(MapFunction<? super T, ? extends R> function);

  @Override
  <R> KeyedStream<K, R> flatMap(MapFunction<? super T, ? extends Iterable<? extends R>> function);

  @Override
  KeyedStream<K, T> filter(Predicate<? super T> predicate);

  @Override
  default <R> KeyedStream<K, R> filterMap(
      MapFunction<? super T, ? extends Optional<? extends R>> function) {
    return flatMap(Optionals.asLists(function));
  }

  /** Turns each list into its elements, which keep key and timestamp. */
  static <K, R> KeyedStream<K, R> flatten(KeyedStream<K, ? extends Iterable<? extends R>> lists) {
    return lists.flatMap(each -> each);
  }

  @Override
  KeyedStream<K, T> inspect(String stepId, Consumer<? super T> look);

  @Override
  default KeyedStream<K, T> inspectDebug(String stepId) {
    return inspectDebug(stepId, System.out::println);
  }

  @Override
  KeyedStream<K, T> inspectDebug(String stepId, Consumer<? super Inspected<T>> look);

  @Override
  <C, V, R> KeyedStream<K, R> enrichCached(
      String stepId,
      MapFunction<? super C, ? extends V> getter,
      Duration ttl,
      EnrichFunction<C, V, ? super T, ? extends R> mapper);

  /** Lets the keys go; what is not in an element is gone with them. */
  DataStream<T> keyRemove();

  @Override
  KeyedStream<K, T> returns(TypeInformation<T> type);

  /** Puts the key beside the value. */
  DataStream<Map.Entry<K, T>> entries();

  @Override
  <O> KeyedStep<K, O> process(
      String stepId, Function<RuntimeContext, ? extends KeyedProcessFunction<K, T, O>> factory);

  /** Turns each element into another, with state. */
  <O> KeyedStep<K, O> map(
      String stepId, Function<RuntimeContext, ? extends MapFunction<T, O>> factory);

  /** Turns each element into any number of others, with state. */
  <O> KeyedStep<K, O> flatMap(
      String stepId, Function<RuntimeContext, ? extends FlatMapFunction<T, O>> factory);

  /**
   * Makes this stream a side of a {@link Join}.
   *
   * @param type of the elements, which the join stores
   */
  JoinSide<K, T> side(TypeInformation<T> type);

  /**
   * Lets one step handle this stream and another of the same dataflow, with the state and timers of
   * a key shared by both.
   */
  <U> ConnectedStreams<K, T, U> connect(KeyedStream<K, U> other);

  /**
   * Lets one step handle this stream, key by key, and all elements of a broadcast stream of the
   * same dataflow in each of its key groups.
   */
  <B> BroadcastConnectedStream<K, T, B> connect(BroadcastStream<B> broadcast);

  /** Puts the elements of each key into windows, in the order in which they come. */
  default <W extends Window> WindowedStream<K, T, W> window(WindowAssigner<? super T, W> assigner) {
    return WindowedStream.of(this, assigner);
  }

  /**
   * Joins elements with those of another stream of the same dataflow that are near them in event
   * time.
   */
  default <U> IntervalJoin<K, T, U> intervalJoin(KeyedStream<K, U> other) {
    return new IntervalJoin<>(this, other);
  }

  /** Joins elements with those of another stream of the same dataflow in the same window. */
  <U> WindowJoin<K, T, U> join(KeyedStream<K, U> other);
}
