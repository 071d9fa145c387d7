package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.state.Types;
import java.time.Duration;
import java.util.List;

/** Collects the readings of each key into batches, by their number and by time. */
public final class Batches {
  private Batches() {}

  /** Gives a batch when it is full, or when the key has had no reading for so long. */
  public static KeyedStep<String, List<Reading>> of(
      DataStream<Reading> readings, Duration timeout, int size) {
    return readings.keyBy(Reading::key).collect("batches", Types.of(Reading.class), timeout, size);
  }
}
