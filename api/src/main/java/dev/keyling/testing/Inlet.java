package dev.keyling.testing;

import org.jspecify.annotations.Nullable;

/**
 * Where a lane flows into: elements, watermarks that only grow, and one end, which stands for the
 * last watermark. What user code throws comes out of the call.
 */
interface Inlet {

  /**
   * Takes an element.
   *
   * @param key null if the stream is not keyed
   * @param timestamp {@link dev.keyling.kernel.Outputs#NO_TIMESTAMP} if it has none
   */
  void element(@Nullable Object key, Object value, long timestamp) throws Exception;

  /** Takes a watermark, greater than the one before. */
  void watermark(long watermark) throws Exception;

  /** Tells whether the lane is idle: whether those that it flows together with go on without it. */
  void idle(boolean idle) throws Exception;

  /** Takes the end: nothing comes any more. */
  void end() throws Exception;
}
