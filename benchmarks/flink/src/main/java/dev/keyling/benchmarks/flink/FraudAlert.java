package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Workload;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** W2: alerts when an amount is far above the one before; a second alert in a row is negative. */
@SuppressWarnings("NullAway.Init") // Flink opens a function before anything else
final class FraudAlert extends KeyedProcessFunction<String, Tuple3<String, Long, Long>, Long> {
  private static final long serialVersionUID = 1;

  private transient ValueState<Long> last;
  private transient ValueState<Boolean> flag;

  @Override
  public void open(OpenContext context) {
    last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
    flag = getRuntimeContext().getState(new ValueStateDescriptor<>("flag", Types.BOOLEAN));
  }

  @Override
  public void processElement(Tuple3<String, Long, Long> event, Context ctx, Collector<Long> out)
      throws Exception {
    Long before = last.value();
    boolean flagged = flag.value() != null;
    if (before != null && event.f1 - before >= Workload.SUSPICIOUS_RISE) {
      long rise = event.f1 - before;
      out.collect(flagged ? -rise : rise);
      flag.update(true);
    } else if (flagged) {
      flag.clear();
    }
    last.update(event.f1);
  }
}
