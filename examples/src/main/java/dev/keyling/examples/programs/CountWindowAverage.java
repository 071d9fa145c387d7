package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.function.Collector;
import dev.keyling.function.FlatMapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/**
 * Averages every two values of a key, then starts again: a {@link ValueState} of a record in a
 * flatMap, which emits nothing for the first value and one average for the second.
 */
public final class CountWindowAverage
    implements FlatMapFunction<CountWindowAverage.Reading, CountWindowAverage.Average> {

  /** A value of a key. */
  public record Reading(String key, long value) {}

  /** The average of two values, rounded towards zero. */
  public record Average(String key, long average) {}

  /** What is remembered: how many values are in, and their sum. */
  record Sum(long count, long sum) {
    static final Sum NOTHING = new Sum(0, 0);

    Sum plus(long value) {
      return new Sum(count + 1, Math.addExact(sum, value));
    }
  }

  private final ValueState<Sum> sum;

  CountWindowAverage(RuntimeContext ctx) {
    sum = ctx.getState(new ValueStateDescriptor<>("average", Types.of(Sum.class)));
  }

  /** Gives one average for every two values of a key. */
  public static KeyedStep<String, Average> of(DataStream<Reading> readings) {
    return readings.keyBy(Reading::key).flatMap("average", CountWindowAverage::new);
  }

  @Override
  public void flatMap(Reading reading, Collector<Average> out) {
    Sum before = sum.value();
    Sum now = (before == null ? Sum.NOTHING : before).plus(reading.value());
    if (now.count() < 2) {
      sum.update(now);
    } else {
      sum.clear();
      out.collect(new Average(reading.key(), now.sum() / now.count()));
    }
  }
}
