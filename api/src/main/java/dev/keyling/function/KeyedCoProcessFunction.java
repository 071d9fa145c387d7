package dev.keyling.function;

import dev.keyling.state.ExpiredEntry;

/**
 * What happens to one key of two connected streams: a {@link KeyedProcessFunction} with two kinds
 * of elements. Both share the key's function object, states and timers, and are handled one at a
 * time; their order among each other is not defined. The watermark is the smaller one of the two
 * streams.
 *
 * <p>If a call throws, everything that it did to states, timers and outputs is undone, and the
 * step's error policy decides.
 */
public interface KeyedCoProcessFunction<K, I1, I2, O> extends AutoCloseable {

  /** Handles one element of the first stream. */
  void processElement1(I1 value, Context<K> ctx, Collector<O> out) throws Exception;

  /** Handles one element of the second stream, the one that was given to {@code connect}. */
  void processElement2(I2 value, Context<K> ctx, Collector<O> out) throws Exception;

  /** Handles a timer that is due; {@code timestamp} is the time it was set for. */
  default void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<O> out) throws Exception {}

  /** Called when both streams have ended; see {@link KeyedProcessFunction#onEndOfInput}. */
  default void onEndOfInput(Context<K> ctx, Collector<O> out) throws Exception {}

  /** Called for each entry whose time to live has passed; see {@link KeyedProcessFunction}. */
  default void onExpired(ExpiredEntry expired, Context<K> ctx, Collector<O> out) throws Exception {}

  /** Called when the object is let go; not when the process is killed. */
  @Override
  default void close() {}
}
