package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.Measurement;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * The events of the measurement. Flink cuts the numbers in two halves; the first is that of the
 * even events, the second that of the odd ones.
 */
final class Generator implements GeneratorFunction<Long, Tuple3<String, Long, Long>> {
  private static final long serialVersionUID = 1;

  private final long even;

  Generator(long events) {
    even = (events + 1) / 2;
  }

  @Override
  public Tuple3<String, Long, Long> map(Long index) {
    long number = index < even ? 2 * index : 2 * (index - even) + 1;
    Measurement measurement = UnderMeasurement.get();
    measurement.take(number);
    return Tuple3.of(measurement.keys().keyOf(number), Event.amountOf(number), number);
  }
}
