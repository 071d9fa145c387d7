package dev.keyling.window;

import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.util.Objects;

/** Fires for every so manyth element. */
record CountTrigger(long n) implements StandardTrigger {
  private static final ReducingStateDescriptor<Long> COUNT =
      new ReducingStateDescriptor<>("trigger.count", Long::sum, Types.LONG);

  CountTrigger {
    if (n < 1) {
      throw new IllegalArgumentException("a trigger counts to 1 or more, not to " + n);
    }
  }

  @Override
  public TriggerResult onElement(Object element, long timestamp, Window w, TriggerContext ctx) {
    ReducingState<Long> count = ctx.getReducingState(COUNT);
    count.add(1L);
    if (Objects.requireNonNull(count.get()) < n) {
      return TriggerResult.CONTINUE;
    }
    count.clear();
    return TriggerResult.FIRE;
  }

  @Override
  public void clear(Window window, TriggerContext ctx) {
    ctx.getReducingState(COUNT).clear();
  }

  @Override
  public void onMerge(Window window, TriggerContext ctx) {
    ctx.mergePartitionedState(COUNT);
  }
}
