package dev.keyling.function;

import dev.keyling.OutputTag;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReadOnlyBroadcastState;
import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.time.TimerService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the keys of a stream that is connected with a broadcast stream. Every key has a
 * function object of its own for its elements and timers, as with {@link KeyedProcessFunction}; and
 * every key group has one more, made by the same factory, for the broadcast elements. All key
 * groups get every broadcast element, each at its own pace, so what {@link
 * #processBroadcastElement} emits comes once per key group; {@link RuntimeContext#keyGroup} tells
 * them apart.
 *
 * <p>Within a key group, what comes after a broadcast element sees all that it did. Broadcast
 * elements of several partitions may come in different orders to different key groups.
 *
 * <p>If a call throws, everything that it did to states, timers and outputs is undone, and the
 * step's error policy decides.
 */
public interface KeyedBroadcastProcessFunction<K, I, B, O> extends AutoCloseable {

  /** Handles one element of the key; it can read the broadcast state but not change it. */
  void processElement(I value, ReadOnlyContext<K> ctx, Collector<O> out) throws Exception;

  /**
   * Handles one broadcast element for a key group. There is no key here: states of keys are reached
   * by {@link BroadcastContext#applyToKeyedState} only, and what is emitted has no key, so a keyed
   * step behind this one needs a {@code keyBy}.
   *
   * @param value the same object in all key groups, so it must not be changed
   */
  void processBroadcastElement(B value, BroadcastContext<K> ctx, Collector<O> out) throws Exception;

  /** Handles a timer that is due; {@code timestamp} is the time it was set for. */
  default void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<O> out) throws Exception {}

  /** Called when both streams have ended; see {@link KeyedProcessFunction#onEndOfInput}. */
  default void onEndOfInput(Context<K> ctx, Collector<O> out) throws Exception {}

  /** Called for each entry whose time to live has passed; see {@link KeyedProcessFunction}. */
  default void onExpired(ExpiredEntry expired, Context<K> ctx, Collector<O> out) throws Exception {}

  /** Called when the object is let go; not when the process is killed. */
  @Override
  default void close() {}

  /** What a function knows about the element of a key. Valid only during the call. */
  interface ReadOnlyContext<K> extends Context<K> {

    /** Returns a broadcast state as it is now; empty if nothing was put into it. */
    <UK, UV> ReadOnlyBroadcastState<UK, UV> getBroadcastState(
        MapStateDescriptor<UK, UV> descriptor);
  }

  /** What a function knows about a broadcast element. Valid only during the call. */
  interface BroadcastContext<K> {

    /** Returns a broadcast state of the key group. */
    <UK, UV> BroadcastState<UK, UV> getBroadcastState(MapStateDescriptor<UK, UV> descriptor);

    /**
     * Has the function called on every key of the key group that holds the state, awake or asleep.
     * That happens after {@link #processBroadcastElement} has returned and before anything that
     * comes later: one key at a time, each a turn of its own, in no particular order, by several
     * threads. The function cannot emit. If it throws, the step's error policy decides about that
     * key.
     */
    <S extends State> void applyToKeyedState(
        StateDescriptor<S> descriptor, BiConsumer<? super K, ? super S> function);

    /** Returns the timestamp of the element (ms since 1970) or null. */
    @Nullable Long timestamp();

    /**
     * Returns the clocks. Timers belong to keys: to set or delete one here is refused with an
     * {@link UnsupportedOperationException}.
     */
    TimerService timerService();

    /**
     * Emits a value on a side output, with the timestamp of the element. Nobody listening means
     * that it is dropped.
     *
     * @throws IllegalArgumentException if the tag is null
     */
    <X> void output(OutputTag<X> tag, X value);
  }
}
