package dev.keyling.checkpoint;

/** What a restart may do to the effects of an element on state. */
public enum CheckpointingMode {
  /** Every element is reflected exactly once; sources without positions are refused. */
  EXACTLY_ONCE,
  /** Sources without positions are accepted: what they had delivered may be lost or come again. */
  AT_LEAST_ONCE
}
