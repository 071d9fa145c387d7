package dev.keyling.testing;

/** Something that waits for the clock. */
interface Alarm {
  /** The time of an alarm that waits for nothing. */
  long NEVER = Long.MAX_VALUE;

  /** Returns when it is to ring; {@link #NEVER} if it waits for nothing. */
  long due();

  /** Does what is due now, once: what that makes due waits for the next ring. */
  void ring() throws Exception;
}
