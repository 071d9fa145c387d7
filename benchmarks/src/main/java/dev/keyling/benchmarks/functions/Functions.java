package dev.keyling.benchmarks.functions;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.Workload;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.StateTtlConfig;
import java.util.function.Function;

/** Which function a workload has. */
public final class Functions {
  private Functions() {}

  /** Returns what makes the function of a workload. */
  public static Function<RuntimeContext, KeyedProcessFunction<String, Event, Long>> of(
      Workload workload) {
    return switch (workload) {
      case W1 -> ctx -> new RunningCount(ctx, StateTtlConfig.DISABLED);
      case W2 -> FraudAlert::new;
      case W3 -> LastPages::new;
      case W4 -> Cart::new;
      case W5 -> Sessions::new;
      case W6 -> ctx -> new RunningCount(ctx, forAnHour());
    };
  }

  /**
   * Returns what makes the function of W1 or W6.
   *
   * @param valueBytes size of what is stored per key
   */
  public static Function<RuntimeContext, KeyedProcessFunction<String, Event, Long>> padded(
      Workload workload, int valueBytes) {
    StateTtlConfig ttl = workload == Workload.W6 ? forAnHour() : StateTtlConfig.DISABLED;
    return ctx -> new PaddedCount(ctx, ttl, valueBytes);
  }

  private static StateTtlConfig forAnHour() {
    return StateTtlConfig.newBuilder(Workload.TIME_TO_LIVE).build();
  }
}
