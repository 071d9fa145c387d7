package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Digest;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Takes what comes out of a workload. */
final class Tally implements Sink<Long> {
  private static final long serialVersionUID = 1;

  @Override
  public SinkWriter<Long> createWriter(WriterInitContext context) {
    Digest came = new Digest();
    return new SinkWriter<>() {
      @Override
      public void write(Long output, Context where) {
        came.add(output);
      }

      @Override
      public void flush(boolean endOfInput) {
        UnderMeasurement.get().end();
      }

      @Override
      public void close() {
        UnderMeasurement.get().add(came);
      }
    };
  }
}
