package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** Counts how often each number has come: a {@link ValueState} in a map. */
public final class Counting implements MapFunction<Long, Counting.Count> {

  /** A number, and how often it has come by now. */
  public record Count(long value, long count) {}

  private final ValueState<Long> count;

  Counting(RuntimeContext ctx) {
    count = ctx.getState(new ValueStateDescriptor<>("count", Types.LONG));
  }

  /** Gives each number the count that it has reached. */
  public static KeyedStep<Long, Count> of(DataStream<Long> numbers) {
    return numbers.keyBy(number -> number).map("count", Counting::new);
  }

  @Override
  public Count map(Long number) {
    Long before = count.value();
    long now = before == null ? 1 : before + 1;
    count.update(now);
    return new Count(number, now);
  }
}
