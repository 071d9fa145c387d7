package dev.keyling.benchmarks.functions;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.Workload;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import java.util.ArrayList;
import java.util.List;

/** W3: the last five pages of a key; gives a hash of them. */
final class LastPages implements KeyedProcessFunction<String, Event, Long> {
  private final ListState<String> pages;

  LastPages(RuntimeContext ctx) {
    pages = ctx.getListState(new ListStateDescriptor<>("pages", Types.STRING));
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Long> out) {
    String page = Event.page(event.amount());
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
