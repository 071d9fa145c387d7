package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Session;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** W5: sessions, each ended by a timer that every event of it sets anew; events come in order. */
@SuppressWarnings("NullAway.Init") // Flink opens a function before anything else
final class Sessions extends KeyedProcessFunction<String, Tuple3<String, Long, Long>, Long> {
  private static final long serialVersionUID = 1;

  private transient ValueState<Tuple2<Long, Long>> open;

  @Override
  public void open(OpenContext context) {
    open =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("open", Types.TUPLE(Types.LONG, Types.LONG)));
  }

  @Override
  public void processElement(Tuple3<String, Long, Long> event, Context ctx, Collector<Long> out)
      throws Exception {
    long time = ctx.timestamp();
    long events = 1;
    Tuple2<Long, Long> stored = open.value();
    if (stored != null) {
      Session before = new Session(stored.f0, stored.f1);
      ctx.timerService().deleteEventTimeTimer(before.end());
      if (time > before.end()) {
        out.collect(before.output()); // another lane holds the watermark back
      } else {
        events += before.events();
      }
    }
    open.update(Tuple2.of(time, events));
    ctx.timerService().registerEventTimeTimer(new Session(time, events).end());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<Long> out) throws Exception {
    Tuple2<Long, Long> over = open.value();
    if (over != null) {
      out.collect(new Session(over.f0, over.f1).output());
      open.clear();
    }
  }
}
