package dev.keyling.window;

import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.StateNamespaces;
import dev.keyling.state.Types;
import dev.keyling.time.TimerService;
import dev.keyling.window.Sessions.Session;
import java.util.ArrayList;
import java.util.List;

/** Makes one window of several: what is in them, and what triggers remember of them. */
@SuppressWarnings("unchecked") // windows that merge are time windows
record Merger<W extends Window>(
    Windowing<?, ?, W> windowing,
    WindowTimers timers,
    TriggerCalls calls,
    List<? extends StateDescriptor<?>> contents) {
  private static final ListStateDescriptor<Long> MERGED =
      new ListStateDescriptor<>("window.merged", Types.LONG);

  /**
   * @param parts by their start; the contents go where those of the first are
   */
  void merge(List<Session> parts, W whole, TimerService ofKey) throws Exception {
    List<byte[]> names = parts.stream().map(part -> WindowCode.namespace(part.window())).toList();
    List<byte[]> panes = parts.stream().map(part -> WindowCode.namespace(part.pane())).toList();
    StateNamespaces states = calls.own().namespaces();
    windowing.trigger().onMerge(whole, calls.of(whole, names, ofKey));
    for (Session part : parts) {
      W old = (W) part.window();
      windowing.trigger().clear(old, calls.of(old, ofKey));
      timers.delete(windowing.assigner().timeDomain(), windowing.cleanupTime(old), old, ofKey);
    }
    contents.forEach(state -> states.merge(state, panes.get(0), panes));
    if (windowing.closed() != null && parts.size() > 1) {
      states.merge(MERGED, panes.get(0), panes);
      parts.stream()
          .skip(1)
          .map(part -> WindowCode.pair(part.window()))
          .forEach(states.in(panes.get(0)).getListState(MERGED)::addAll);
    }
  }

  /** Takes those that had become part of a window, if anybody wants to know. */
  List<W> take(KeyedStateStore pane) {
    List<Long> merged = new ArrayList<>();
    pane.getListState(MERGED).get().forEach(merged::add);
    pane.getListState(MERGED).clear();
    return (List<W>) WindowCode.windows(merged);
  }
}
