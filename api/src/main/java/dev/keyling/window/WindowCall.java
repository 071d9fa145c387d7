package dev.keyling.window;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.ClocksOnly;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.time.TimerService;

/** What a window function sees of a window. */
record WindowCall<K, W extends Window>(W window, Context<K> ctx, RuntimeContext own, boolean merges)
    implements WindowContext<W> {

  @Override
  public TimerService timerService() {
    return new ClocksOnly(
        ctx.timerService(),
        () ->
            where()
                + ": a window function has no onTimer, so set timers in the trigger of the window");
  }

  @Override
  public KeyedStateStore windowState() {
    if (merges) {
      throw new UnsupportedOperationException(
          where()
              + ": windows that merge have no windowState(), since nobody knows how to merge it;"
              + " use globalState()");
    }
    return own.namespaces().in(WindowCode.namespace(window));
  }

  @Override
  public KeyedStateStore globalState() {
    return own;
  }

  @Override
  public <X> void output(OutputTag<X> tag, X value) {
    if (window instanceof GlobalWindow) {
      ctx.output(tag, value);
    } else {
      ctx.output(tag, value, window.maxTimestamp());
    }
  }

  /** Returns what gives outputs the timestamp that those of the window have. */
  <O> Collector<O> stamping(Collector<O> out) {
    return window instanceof GlobalWindow
        ? out
        : value -> out.collect(value, window.maxTimestamp());
  }

  private String where() {
    return "dataflow \"%s\" step \"%s\" key \"%s\""
        .formatted(own.dataflowName(), own.stepId(), ctx.getCurrentKey());
  }
}
