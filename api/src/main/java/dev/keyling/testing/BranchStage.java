package dev.keyling.testing;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A branch on one lane: each element to one side, all else to both. */
record BranchStage(Predicate<Object> predicate, Outlet trues, Outlet falses) implements Inlet {

  Outlet side(boolean side) {
    return side ? trues : falses;
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) throws Exception {
    side(predicate.test(value)).element(key, value, timestamp);
  }

  @Override
  public void watermark(long watermark) throws Exception {
    trues.watermark(watermark);
    falses.watermark(watermark);
  }

  @Override
  public void idle(boolean idle) throws Exception {
    trues.idle(idle);
    falses.idle(idle);
  }

  @Override
  public void end() throws Exception {
    trues.end();
    falses.end();
  }
}
