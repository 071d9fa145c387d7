package dev.keyling;

import dev.keyling.connector.Sink;
import dev.keyling.connector.Sinks;
import dev.keyling.function.EnrichFunction;
import dev.keyling.function.MapFunction;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.time.WatermarkStrategy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A stream of elements in a {@link Dataflow} that is being written. Its methods describe; nothing
 * runs. Functions given here are called by several threads and must not keep state; what they throw
 * fails the attempt.
 */
public interface DataStream<T> {

  /** Returns the dataflow that this is written in. */
  Dataflow dataflow();

  /** Turns each element into another, which keeps the timestamp. */
  <R> DataStream<R> map(MapFunction<? super T, ? extends R> function);

  /** Turns each element into any number of others, which keep the timestamp. */
  <R> DataStream<R> flatMap(MapFunction<? super T, ? extends Iterable<? extends R>> function);

  /** Keeps the elements that the predicate accepts. */
  DataStream<T> filter(Predicate<? super T> predicate);

  /** Turns each element into another, which keeps the timestamp, or drops it. */
  default <R> DataStream<R> filterMap(
      MapFunction<? super T, ? extends Optional<? extends R>> function) {
    return flatMap(Optionals.asLists(function));
  }

  /** Turns each list into its elements, which keep the timestamp. */
  static <R> DataStream<R> flatten(DataStream<? extends Iterable<? extends R>> lists) {
    return lists.flatMap(each -> each);
  }

  /**
   * Declares the type of the elements, which changes nothing about them. Needed where elements
   * themselves are stored: before a keyed step whose checkpoints are to overtake elements ({@code
   * enableUnalignedCheckpoints}), and before an {@link dev.keyling.connector.IdempotentSink}. It
   * holds up to the next {@code map} or {@code flatMap}.
   */
  DataStream<T> returns(TypeInformation<T> type);

  /** Parts the elements by a predicate, which is asked once for each. */
  Branch<T> branch(Predicate<? super T> predicate);

  /** Joins two streams of the same dataflow; their order among each other is not defined. */
  DataStream<T> union(DataStream<? extends T> other);

  /**
   * Gives each element its key: a String, integer, UUID or enum, kept by value.
   *
   * @param key must give the same key for the same element, always, and never null
   */
  <K> KeyedStream<K, T> keyBy(Function<? super T, ? extends K> key);

  /** Gives each element its key, of any scalar type or record. */
  <K> KeyedStream<K, T> keyBy(Function<? super T, ? extends K> key, TypeInformation<K> keyType);

  /**
   * Counts the elements of each key, and emits the counts at the end of input, without timestamps.
   * Stores one count per key, which is forgotten then: a later run of the job begins anew.
   *
   * @param stepId unique in the dataflow; state is stored under it
   * @param key as in {@link #keyBy(Function)}
   */
  default <K> KeyedStep<K, Long> countFinal(String stepId, Function<? super T, ? extends K> key) {
    return this.<K>keyBy(key)
        .foldFinal(stepId, Types.LONG, () -> 0L, (count, element) -> count + 1);
  }

  /** Makes watermarks from the timestamps that the elements already have. */
  DataStream<T> assignTimestampsAndWatermarks(WatermarkStrategy strategy);

  /** Gives each element a timestamp (ms since 1970) and makes watermarks from them. */
  DataStream<T> assignTimestampsAndWatermarks(
      ToLongFunction<? super T> timestamp, WatermarkStrategy strategy);

  /**
   * Handles the elements, whatever their keys, in some partitions with a function object and a
   * memory each; see {@link ProcessFunction}. Elements are handed to the partitions in turn, so
   * those of one partition keep their order and others do not, and after a restart an element may
   * come to another partition.
   *
   * @param stepId unique in the dataflow; state is stored under it
   * @param factory called once per partition and attempt, before its first element; may throw
   */
  <O> DataStream<O> transform(
      String stepId, Function<OperatorContext, ? extends ProcessFunction<T, O>> factory);

  /** Has every element sent to all key groups of the steps that this is connected with. */
  BroadcastStream<T> broadcast();

  /** Looks at each element; they go on unchanged. */
  DataStream<T> inspect(String stepId, Consumer<? super T> look);

  /** Prints each element, one line each, with its key, time and lane; they go on unchanged. */
  default DataStream<T> inspectDebug(String stepId) {
    return inspectDebug(stepId, System.out::println);
  }

  /**
   * Looks at each element with its key, its time and where it comes by; they go on unchanged.
   *
   * @param look called by several threads
   */
  DataStream<T> inspectDebug(String stepId, Consumer<? super Inspected<T>> look);

  /**
   * Fails the job on the first element, naming it: for a side of a {@link #branch} that nothing
   * ought to take. A restart strategy has it tried again.
   */
  void raises(String stepId);

  /**
   * Makes something of each element and of what is looked up for it; outputs keep the timestamp.
   * What was looked up is kept, per lane, and looked up again when it is older than the time to
   * live. Nothing is stored: after a restart the caches are empty. A look-up holds up its lane, so
   * put a {@link #redistribute} before slow ones. What is thrown fails the attempt.
   *
   * @param getter looks something up; not null, but it may be an {@link Optional}
   * @param ttl by the clock; not negative. An entry is good as long as its age is not more
   * @param mapper called with the cache of its lane; returns never null
   * @throws IllegalArgumentException if the time to live is negative
   */
  <K, V, R> DataStream<R> enrichCached(
      String stepId,
      MapFunction<? super K, ? extends V> getter,
      Duration ttl,
      EnrichFunction<K, V, ? super T, ? extends R> mapper);

  /**
   * Spreads the elements over partitions, in turn, so that slow functions behind it run in parallel
   * even if the source has one partition or a few keys have most of the elements: on so many lanes
   * as steps have ({@code keyling.sharding.home-lanes}). Their order is lost, and so are keys;
   * timestamps, watermarks and the declared type stay. Nothing is stored, but it costs what a keyed
   * step costs: it is a {@link #transform} with a function that hands on what it gets.
   *
   * @param stepId unique in the dataflow
   */
  DataStream<T> redistribute(String stepId);

  /** Ends the stream in a sink. */
  void to(String stepId, Sink<? super T> sink);

  /** Prints each element, one line each. */
  default void print(String stepId) {
    to(stepId, Sinks.print());
  }
}
