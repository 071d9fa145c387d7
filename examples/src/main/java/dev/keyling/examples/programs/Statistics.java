package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.state.Types;

/** Count, sum, mean and bounds of all values of a key, when the input has ended: a fold. */
public final class Statistics {
  private static final Summary NOTHING = new Summary("", 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

  private Statistics() {}

  /** What the values of a key amount to. */
  public record Summary(String key, long count, long sum, double mean, long min, long max) {
    Summary with(Reading reading) {
      long value = reading.value();
      long newCount = count + 1;
      long newSum = Math.addExact(sum, value);
      double newMean = (double) newSum / newCount;
      return new Summary(
          reading.key(), newCount, newSum, newMean, Math.min(min, value), Math.max(max, value));
    }
  }

  /** Gives one summary per key at the end of input. */
  public static KeyedStep<String, Summary> of(DataStream<Reading> readings) {
    return readings
        .keyBy(Reading::key)
        .foldFinal("statistics", Types.of(Summary.class), () -> NOTHING, Summary::with);
  }
}
