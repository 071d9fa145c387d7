package dev.keyling.benchmarks.flink;

import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.java.tuple.Tuple3;

/** When events were, by the keys of the measurement. */
final class Times implements SerializableTimestampAssigner<Tuple3<String, Long, Long>> {
  private static final long serialVersionUID = 1;

  @Override
  public long extractTimestamp(Tuple3<String, Long, Long> event, long before) {
    return UnderMeasurement.get().keys().timeOf(event.f2);
  }
}
