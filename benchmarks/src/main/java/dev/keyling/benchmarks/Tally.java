package dev.keyling.benchmarks;

import dev.keyling.benchmarks.workload.Digest;
import dev.keyling.benchmarks.workload.Measurement;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;

/** Takes what comes out of a workload. */
record Tally(Measurement measurement) implements AtLeastOnceSink<Long> {

  @Override
  public SinkWriter<Long> open(String partition) {
    Digest came = new Digest();
    return new SinkWriter<>() {
      @Override
      public void write(Long output) {
        came.add(output);
      }

      @Override
      public void flush() {
        measurement.end();
      }

      @Override
      public void close() {
        measurement.add(came);
      }
    };
  }
}
