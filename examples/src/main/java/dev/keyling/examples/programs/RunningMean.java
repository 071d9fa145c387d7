package dev.keyling.examples.programs;

import static java.util.Objects.requireNonNull;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.function.AggregateFunction;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.Types;

/**
 * The mean of all values that a key has had: an {@link AggregatingState}, which is fed with values,
 * stores their number and sum, and is read as the mean.
 */
public final class RunningMean implements MapFunction<Reading, RunningMean.Mean> {

  /** The mean of the values by now. */
  public record Mean(String key, double mean) {}

  /** What is stored: how many values there were, and their sum. */
  record Sum(long count, long sum) {}

  /** Values in, their mean out. */
  static final class Averaging implements AggregateFunction<Long, Sum, Double> {
    @Override
    public Sum createAccumulator() {
      return new Sum(0, 0);
    }

    @Override
    public Sum add(Long value, Sum sum) {
      return merge(sum, new Sum(1, value));
    }

    @Override
    public Double getResult(Sum sum) {
      return (double) sum.sum / sum.count;
    }

    @Override
    public Sum merge(Sum a, Sum b) {
      return new Sum(a.count + b.count, Math.addExact(a.sum, b.sum));
    }
  }

  private final AggregatingState<Long, Double> mean;

  RunningMean(RuntimeContext ctx) {
    mean =
        ctx.getAggregatingState(
            new AggregatingStateDescriptor<>("mean", new Averaging(), Types.of(Sum.class)));
  }

  /** Gives the new mean for every value. */
  public static KeyedStep<String, Mean> of(DataStream<Reading> readings) {
    return readings.keyBy(Reading::key).map("mean", RunningMean::new);
  }

  @Override
  public Mean map(Reading reading) {
    mean.add(reading.value());
    return new Mean(reading.key(), requireNonNull(mean.get()));
  }
}
