package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Event;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** W4: a cart of eight products; gives what it costs after each change. */
@SuppressWarnings("NullAway.Init") // Flink opens a function before anything else
final class Cart extends KeyedProcessFunction<String, Tuple3<String, Long, Long>, Long> {
  private static final long serialVersionUID = 1;

  private transient MapState<String, Long> quantities;

  @Override
  public void open(OpenContext context) {
    quantities =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("quantities", Types.STRING, Types.LONG));
  }

  @Override
  public void processElement(Tuple3<String, Long, Long> event, Context ctx, Collector<Long> out)
      throws Exception {
    String product = Event.product(event.f1);
    Long before = quantities.get(product);
    quantities.put(product, (before == null ? 0 : before) + Event.quantity(event.f1));
    long cost = 0;
    for (Map.Entry<String, Long> entry : quantities.entries()) {
      cost += Event.price(entry.getKey()) * entry.getValue();
    }
    out.collect(cost);
  }
}
