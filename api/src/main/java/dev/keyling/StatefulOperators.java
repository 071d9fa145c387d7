package dev.keyling;

import dev.keyling.function.Collector;
import dev.keyling.function.Next;
import dev.keyling.function.ReduceFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.function.StatefulBatchLogic;
import dev.keyling.function.StatefulLogic;
import dev.keyling.operator.Collecting;
import dev.keyling.operator.Extremum;
import dev.keyling.operator.FinalFold;
import dev.keyling.operator.Stateful;
import dev.keyling.operator.StatefulBatch;
import dev.keyling.operator.StatefulMapping;
import dev.keyling.operator.Storable;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.ValueStateDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The stateful operators of a keyed stream that Bytewax has, with the meaning that they have there.
 *
 * <p>Outputs have the timestamp of the element that they answer. Those that come at the end of
 * input, or because time has passed, have none. The end of input reaches every key that holds
 * something, sleeping ones included, within a key group in key order. A type that cannot be stored
 * is refused with {@link IllegalArgumentException} when the operator is written.
 */
public interface StatefulOperators<K, T> extends KeyedProcessing<K, T> {

  /**
   * Turns each element into another, with a state; stores that state. Nothing happens at the end of
   * input: the state is kept, and a later run of the job goes on from it.
   *
   * @param mapper gets the state, empty at first and after it was discarded, and the element;
   *     returns {@link Next#retain} or {@link Next#discard}, never null
   */
  default <S, W> KeyedStep<K, W> statefulMap(
      String stepId,
      TypeInformation<S> type,
      BiFunction<? super Optional<S>, ? super T, Next<S, W>> mapper) {
    return this.<S, W, W>mapping(stepId, type, mapper, (output, out) -> out.collect(output));
  }

  /** As {@link #statefulMap}, but turns each element into any number of others. */
  default <S, W> KeyedStep<K, W> statefulFlatMap(
      String stepId,
      TypeInformation<S> type,
      BiFunction<? super Optional<S>, ? super T, Next<S, List<W>>> mapper) {
    return this.<S, List<W>, W>mapping(
        stepId, type, mapper, (outputs, out) -> outputs.forEach(out::collect));
  }

  private <S, R, W> KeyedStep<K, W> mapping(
      String stepId,
      TypeInformation<S> type,
      BiFunction<? super Optional<S>, ? super T, Next<S, R>> mapper,
      BiConsumer<R, Collector<W>> emitting) {
    ValueStateDescriptor<S> state = value("state", stepId, type);
    return this.<W>process(stepId, ctx -> new StatefulMapping<>(ctx, state, mapper, emitting));
  }

  private <S> ValueStateDescriptor<S> value(String name, String stepId, TypeInformation<S> type) {
    return new ValueStateDescriptor<>(name, Storable.required(dataflow(), stepId, type));
  }

  /**
   * Emits, at the end of input, the reduction of all the key's elements, and forgets it; a later
   * run of the job begins anew. Stores what is reduced so far; the first element is the start.
   *
   * @param reducer gets what was reduced so far, then the element
   */
  default KeyedStep<K, T> reduceFinal(
      String stepId, TypeInformation<T> type, ReduceFunction<T> reducer) {
    return folding(
        stepId, type, (before, value) -> before == null ? value : reducer.reduce(before, value));
  }

  /**
   * Emits, at the end of input, what all the key's elements were folded to, and forgets it; a later
   * run of the job begins anew. Stores what is folded so far.
   *
   * @param builder makes what the first element of a key is folded into
   * @param folder gets what was folded so far, which it may change and return, then the element;
   *     returns never null
   */
  default <S> KeyedStep<K, S> foldFinal(
      String stepId,
      TypeInformation<S> type,
      Supplier<? extends S> builder,
      BiFunction<? super S, ? super T, ? extends S> folder) {
    return this.<S>folding(
        stepId,
        type,
        (before, value) -> folder.apply(before == null ? builder.get() : before, value));
  }

  /**
   * Emits, at the end of input, that one of the key's elements whose field is least (of several,
   * the first), and forgets it; a later run of the job begins anew. Stores that element.
   */
  default <C extends Comparable<? super C>> KeyedStep<K, T> minFinal(
      String stepId, TypeInformation<T> type, Function<? super T, ? extends C> by) {
    return reduceFinal(stepId, type, Extremum.MIN.by(by));
  }

  /** As {@link #minFinal}, but the element whose field is greatest. */
  default <C extends Comparable<? super C>> KeyedStep<K, T> maxFinal(
      String stepId, TypeInformation<T> type, Function<? super T, ? extends C> by) {
    return reduceFinal(stepId, type, Extremum.MAX.by(by));
  }

  private <S> KeyedStep<K, S> folding(
      String stepId, TypeInformation<S> type, FinalFold.Folder<T, S> folder) {
    ValueStateDescriptor<S> state = value("folded", stepId, type);
    return this.<S>process(stepId, ctx -> new FinalFold<>(ctx, state, folder));
  }

  /**
   * Emits the key's elements as lists: when so many have come, when none has come for so long, and
   * what is left at the end of input. Stores the elements that have not been emitted, their number
   * and when the time is over. The lists cannot be changed.
   *
   * @param timeout in the clock's time, from the last element; at least 1 ms
   * @param maxSize at least 1
   * @throws IllegalArgumentException if one of them is less
   */
  default KeyedStep<K, List<T>> collect(
      String stepId, TypeInformation<T> type, Duration timeout, int maxSize) {
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || maxSize < 1) {
      throw new IllegalArgumentException(
          "%s step \"%s\" collects up to %d elements for %s; give it at least 1 element and 1 ms"
              .formatted(dataflow(), stepId, maxSize, timeout));
    }
    boolean ever = timeout.compareTo(Duration.ofMillis(Long.MAX_VALUE)) >= 0;
    long patience = ever ? Long.MAX_VALUE : timeout.toMillis();
    ListStateDescriptor<T> collected =
        new ListStateDescriptor<>("collected", Storable.required(dataflow(), stepId, type));
    return this.<List<T>>process(
        stepId, ctx -> new Collecting<>(ctx, collected, patience, maxSize));
  }

  /**
   * Handles each key with a logic of its own, which says what is stored of it and when it wants to
   * be notified; see {@link StatefulLogic}. Stores its last snapshot and the time that it asked
   * for. What happens at the end of input is up to {@code onEof}; a logic that is retained then is
   * gone on with by a later run of the job.
   *
   * @param builder makes the logic of a key: anew if no snapshot is given
   */
  default <W, S> KeyedStep<K, W> stateful(
      String stepId,
      TypeInformation<S> type,
      BiFunction<RuntimeContext, Optional<S>, ? extends StatefulLogic<T, W, S>> builder) {
    ValueStateDescriptor<S> snapshot = value("snapshot", stepId, type);
    return this.<W>process(stepId, ctx -> new Stateful<>(ctx, snapshot, builder));
  }

  /**
   * As {@link #stateful}, but the logic handles all elements of the key at once that came together;
   * see {@link StatefulBatchLogic}. Outputs have the timestamp of the last of them, and what is
   * thrown undoes them all.
   */
  default <W, S> KeyedStep<K, W> statefulBatch(
      String stepId,
      TypeInformation<S> type,
      BiFunction<RuntimeContext, Optional<S>, ? extends StatefulBatchLogic<T, W, S>> builder) {
    ValueStateDescriptor<S> snapshot = value("snapshot", stepId, type);
    return this.<W>process(stepId, ctx -> new StatefulBatch<>(ctx, snapshot, builder));
  }
}
