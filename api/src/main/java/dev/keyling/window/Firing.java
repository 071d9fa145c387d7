package dev.keyling.window;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.KeyedStateStore;
import java.util.List;

/** Does to a window what its trigger wants done. */
record Firing<K, T, I, O, W extends Window>(
    RuntimeContext own,
    Windowing<K, T, W> windowing,
    Contents<T, I, W> contents,
    ProcessWindowFunction<K, I, O, W> function) {

  private WindowCall<K, W> seen(W window, Context<K> ctx) {
    return new WindowCall<>(window, ctx, own, windowing.assigner().merges());
  }

  void react(TriggerResult result, W window, KeyedStateStore pane, Context<K> ctx, Collector<O> out)
      throws Exception {
    if (result.isFire()) {
      WindowCall<K, W> call = seen(window, ctx);
      K key = ctx.getCurrentKey();
      contents.fire(pane, window, held -> function.process(key, call, held, call.stamping(out)));
    }
    if (result.isPurge()) {
      contents.clear(pane);
    }
  }

  /** The window is over: its function cleans up. */
  void end(W window, Context<K> ctx) throws Exception {
    function.clear(seen(window, ctx));
  }

  /** Tells of it whoever wants to know. */
  void tell(W window, List<W> merged, Context<K> ctx) {
    OutputTag<ClosedWindow<K, W>> closed = windowing.closed();
    if (closed != null) {
      ClosedWindow<K, W> told = new ClosedWindow<>(ctx.getCurrentKey(), window, merged);
      ctx.output(closed, told, window.maxTimestamp());
    }
  }
}
