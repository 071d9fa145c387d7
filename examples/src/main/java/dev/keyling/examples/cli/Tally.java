package dev.keyling.examples.cli;

import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Counts what passes through a run. Thread-safe. */
final class Tally {
  final LongAdder read = new LongAdder();
  final LongAdder outputs = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder late = new LongAdder();

  /** Returns a sink that counts what it takes and keeps nothing. */
  static AtLeastOnceSink<Object> countingInto(LongAdder counter) {
    return partition ->
        new SinkWriter<>() {
          @Override
          public void write(Object element) {
            counter.increment();
          }

          @Override
          public void close() {}
        };
  }

  /** Returns the one line that stands at the end of a run. */
  String summary(String example, Duration took) {
    return "%s: %d elements read, %d outputs, %d rejected, %d late, %s s"
        .formatted(
            example,
            read.sum(),
            outputs.sum(),
            rejected.sum(),
            late.sum(),
            String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0));
  }
}
