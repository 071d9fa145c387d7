package dev.keyling.testing;

import org.jspecify.annotations.Nullable;

/** A stateless step on one lane: does something to elements and passes on all else. */
record ElementStage(Work work, Outlet out) implements Inlet {

  /** What happens to one element. */
  @FunctionalInterface
  interface Work {
    void element(@Nullable Object key, Object value, long timestamp, Inlet out) throws Exception;
  }

  @Override
  public void element(@Nullable Object key, Object value, long timestamp) throws Exception {
    work.element(key, value, timestamp, out);
  }

  @Override
  public void watermark(long watermark) throws Exception {
    out.watermark(watermark);
  }

  @Override
  public void idle(boolean idle) throws Exception {
    out.idle(idle);
  }

  @Override
  public void end() throws Exception {
    out.end();
  }
}
