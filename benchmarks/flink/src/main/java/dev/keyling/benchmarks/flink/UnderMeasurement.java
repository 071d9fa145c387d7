package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Measurement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The measurement of this JVM: Flink runs copies of sources and sinks, which find it here. */
final class UnderMeasurement {
  private static final AtomicReference<Measurement> CURRENT = new AtomicReference<>();

  private UnderMeasurement() {}

  static void begin(Measurement measurement) {
    CURRENT.set(measurement);
  }

  static Measurement get() {
    return Objects.requireNonNull(CURRENT.get(), "nothing is measured");
  }
}
