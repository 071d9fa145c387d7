package dev.keyling.benchmarks.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** W1 and W6: how often the key has come; with W6 it is forgotten after an hour without it. */
@SuppressWarnings("NullAway.Init") // Flink opens a function before anything else
final class RunningCount extends KeyedProcessFunction<String, Tuple3<String, Long, Long>, Long> {
  private static final long serialVersionUID = 1;

  private final StateTtlConfig ttl;
  private transient ValueState<Long> count;

  RunningCount(StateTtlConfig ttl) {
    this.ttl = ttl;
  }

  @Override
  public void open(OpenContext context) {
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("count", Types.LONG);
    if (ttl.isEnabled()) {
      descriptor.enableTimeToLive(ttl);
    }
    count = getRuntimeContext().getState(descriptor);
  }

  @Override
  public void processElement(Tuple3<String, Long, Long> event, Context ctx, Collector<Long> out)
      throws Exception {
    Long before = count.value();
    long now = before == null ? 1 : before + 1;
    count.update(now);
    out.collect(now);
  }
}
