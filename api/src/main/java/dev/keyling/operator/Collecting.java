package dev.keyling.operator;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Emits a key's elements together: when they are enough, or no more have come for a while. */
public final class Collecting<K, T> implements KeyedProcessFunction<K, T, List<T>> {
  private final ListState<T> collected;
  private final ValueState<Integer> size;
  private final PendingTime timeout;
  private final long patience;
  private final int maxSize;

  /**
   * @param patience in ms
   */
  public Collecting(
      RuntimeContext ctx, ListStateDescriptor<T> collected, long patience, int maxSize) {
    this.collected = ctx.getListState(collected);
    this.size = ctx.getState(new ValueStateDescriptor<>("size", Types.INT));
    this.timeout = new PendingTime(ctx, "timeout");
    this.patience = patience;
    this.maxSize = maxSize;
  }

  @Override
  public void processElement(T value, Context<K> ctx, Collector<List<T>> out) {
    int now = Objects.requireNonNullElse(size.value(), 0) + 1;
    collected.add(value);
    size.update(now);
    if (now >= maxSize) {
      emit(ctx, out);
    } else {
      timeout.in(patience, ctx.timerService());
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<List<T>> out) {
    if (timeout.fired(timestamp)) {
      emit(ctx, out);
    }
  }

  @Override
  public void onEndOfInput(Context<K> ctx, Collector<List<T>> out) {
    if (size.value() != null) {
      emit(ctx, out);
    }
  }

  private void emit(Context<K> ctx, Collector<List<T>> out) {
    List<T> all = new ArrayList<>();
    collected.get().forEach(all::add);
    out.collect(Collections.unmodifiableList(all));
    collected.clear();
    size.clear();
    timeout.cancel(ctx.timerService());
  }
}
