package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Workload;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;

/** Which function a workload has. */
final class Functions {
  private Functions() {}

  static KeyedProcessFunction<String, Tuple3<String, Long, Long>, Long> of(Workload workload) {
    return switch (workload) {
      case W1 -> new RunningCount(StateTtlConfig.DISABLED);
      case W2 -> new FraudAlert();
      case W3 -> new LastPages();
      case W4 -> new Cart();
      case W5 -> new Sessions();
      case W6 -> new RunningCount(StateTtlConfig.newBuilder(Workload.TIME_TO_LIVE).build());
    };
  }
}
