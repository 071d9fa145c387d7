package dev.keyling.examples.bench;

import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;

/**
 * Takes the running counts of W1 and knows what they must add up to: a key that came n times has
 * given 1 + 2 + … + n. Notes when the warm-up was over.
 */
final class Tally implements AtLeastOnceSink<Long> {
  private final long warmUp;
  private long outputs;
  private long sum;
  private long firstAt;
  private long startedAt;
  private long endedAt;

  Tally(long warmUp) {
    this.warmUp = warmUp;
  }

  @Override
  public SinkWriter<Long> open(String partition) {
    return new SinkWriter<>() {
      @Override
      public void write(Long count) {
        add(count);
      }

      @Override
      public void flush() {
        endedAt = System.nanoTime();
      }

      @Override
      public void close() {}
    };
  }

  /** Used by one thread at a time. */
  void add(long count) {
    sum += count;
    if (outputs == 0) {
      firstAt = System.nanoTime();
    }
    if (++outputs == warmUp) {
      startedAt = System.nanoTime();
    }
  }

  void end() {
    endedAt = System.nanoTime();
  }

  double seconds() {
    return (endedAt - startedAt) / 1e9;
  }

  /** Returns how long the warm-up took. */
  double warmUpSeconds() {
    return (startedAt - firstAt) / 1e9;
  }

  /** Tells whether the counts are those of these events. */
  boolean isRight(KeySequence keys, long events) {
    int[] counts = new int[keys.size()];
    long expected = 0;
    for (long event = 0; event < events; event++) {
      expected += ++counts[keys.indexOf(event)];
    }
    return outputs == events && sum == expected;
  }
}
