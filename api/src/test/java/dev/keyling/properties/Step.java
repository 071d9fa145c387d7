package dev.keyling.properties;

import java.util.List;

/** One thing that happens to a random program. */
sealed interface Step {

  /**
   * An element of a key.
   *
   * @param timestamp negative for none
   */
  record Element(String key, long timestamp, List<Op> ops, boolean fails) implements Step {}

  /** Time passes. */
  record Clock(long by) implements Step {}

  /** The watermark moves on. */
  record Watermark(long by) implements Step {}

  /** Everything is made anew from what is stored. */
  record Restart() implements Step {}

  /** What is stored now is kept. */
  record Checkpoint() implements Step {}

  /** Everything goes back to what was kept. */
  record Rollback() implements Step {}
}
