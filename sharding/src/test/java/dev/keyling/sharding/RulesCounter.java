package dev.keyling.sharding;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the elements of a key, and in the broadcast state the broadcast elements of a key group;
 * each of those adds 1,000,000 to every key.
 */
final class RulesCounter implements KeyedBroadcastProcessFunction<Integer, Integer, Long, String> {
  private static final MapStateDescriptor<String, Long> RULES =
      new MapStateDescriptor<>("rules", Types.STRING, Types.LONG);
  private static final ValueStateDescriptor<Long> VALUE =
      new ValueStateDescriptor<>("value", Types.LONG);

  /** A failure that comes once at each of some places. */
  static final class Crashes {
    private final AtomicBoolean element = new AtomicBoolean(true);
    private final AtomicBoolean broadcast = new AtomicBoolean(true);
    final AtomicInteger elements = new AtomicInteger();

    void element(long value) {
      elements.incrementAndGet();
      if (value == 7_777 && element.compareAndSet(true, false)) {
        throw new IllegalStateException("an element crashes");
      }
    }

    void broadcast(long value, int group) {
      if (value == 150 && group == 5 && broadcast.compareAndSet(true, false)) {
        throw new IllegalStateException("a broadcast element crashes");
      }
    }
  }

  private final ValueState<Long> value;
  private final int group;
  private final Crashes crashes;

  RulesCounter(RuntimeContext ctx, Crashes crashes) {
    this.value = ctx.getState(VALUE);
    this.group = ctx.keyGroup();
    this.crashes = crashes;
  }

  @Override
  public void processElement(Integer element, ReadOnlyContext<Integer> ctx, Collector<String> out) {
    value.update(Objects.requireNonNullElse(value.value(), 0L) + 1);
    crashes.element(element);
  }

  @Override
  public void processBroadcastElement(
      Long element, BroadcastContext<Integer> ctx, Collector<String> out) {
    BroadcastState<String, Long> rules = ctx.getBroadcastState(RULES);
    long count = Objects.requireNonNullElse(rules.get("count"), 0L) + 1;
    rules.put("count", count);
    ctx.applyToKeyedState(
        VALUE, (key, state) -> state.update(Objects.requireNonNull(state.value()) + 1_000_000));
    out.collect("group " + group + " " + count);
    crashes.broadcast(element, group);
  }

  @Override
  public void onEndOfInput(Context<Integer> ctx, Collector<String> out) {
    long end = Objects.requireNonNull(value.value());
    out.collect("key " + ctx.getCurrentKey() + " " + end % 1_000_000 + " " + end / 1_000_000);
  }
}
