package dev.keyling.window;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.window.ProcessJoinFunction.JoinContext;
import java.util.Objects;

/** Joins the elements of a key that are near each other in event time. */
record IntervalJoinFunction<K, L, R, O>(
    Buffer<L> lefts, Buffer<R> rights, ProcessJoinFunction<? super L, ? super R, O> function)
    implements KeyedCoProcessFunction<K, L, R, O> {

  /** A pair, by its timestamps. */
  private record Pair(long getLeftTimestamp, long getRightTimestamp, Context<?> ctx)
      implements JoinContext {
    @Override
    public <X> void output(OutputTag<X> tag, X value) {
      ctx.output(tag, value, getTimestamp());
    }
  }

  @Override
  public void processElement1(L left, Context<K> ctx, Collector<O> out) throws Exception {
    if (lefts.add(left, ctx)) {
      long timestamp = Objects.requireNonNull(ctx.timestamp());
      for (long other : rights.joining(timestamp, lefts.interval())) {
        for (R right : rights.at(other)) {
          join(left, right, new Pair(timestamp, other, ctx), out);
        }
      }
    }
  }

  @Override
  public void processElement2(R right, Context<K> ctx, Collector<O> out) throws Exception {
    if (rights.add(right, ctx)) {
      long timestamp = Objects.requireNonNull(ctx.timestamp());
      for (long other : lefts.joining(timestamp, rights.interval())) {
        for (L left : lefts.at(other)) {
          join(left, right, new Pair(other, timestamp, ctx), out);
        }
      }
    }
  }

  private void join(L left, R right, Pair pair, Collector<O> out) throws Exception {
    function.processElement(left, right, pair, value -> out.collect(value, pair.getTimestamp()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<O> out) {
    lefts.expire(timestamp);
    rights.expire(timestamp);
  }
}
