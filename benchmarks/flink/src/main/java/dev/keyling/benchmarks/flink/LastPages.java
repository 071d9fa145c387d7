package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** W3: the last five pages of a key; gives a hash of them. */
@SuppressWarnings("NullAway.Init") // Flink opens a function before anything else
final class LastPages extends KeyedProcessFunction<String, Tuple3<String, Long, Long>, Long> {
  private static final long serialVersionUID = 1;

  private transient ListState<String> pages;

  @Override
  public void open(OpenContext context) {
    pages = getRuntimeContext().getListState(new ListStateDescriptor<>("pages", Types.STRING));
  }

  @Override
  public void processElement(Tuple3<String, Long, Long> event, Context ctx, Collector<Long> out)
      throws Exception {
    String page = Event.page(event.f1);
    List<String> seen = new ArrayList<>(Workload.REMEMBERED + 1);
    pages.get().forEach(seen::add);
    seen.add(page);
    if (seen.size() <= Workload.REMEMBERED) {
      pages.add(page);
    } else {
      seen.remove(0);
      pages.update(seen);
    }
    out.collect((long) seen.hashCode());
  }
}
