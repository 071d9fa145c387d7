package dev.keyling.testing;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved; starts at 0. It remembers where it is to get. */
final class ManualClock implements InstantSource {
  private long millis;
  private long goal;

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  @Override
  public long millis() {
    return millis;
  }

  void set(long newMillis) {
    millis = newMillis;
  }

  /** Sets a time that is to be reached, whatever happens on the way. */
  void aim(long time) {
    goal = time;
  }

  /** Returns the time that is to be reached; never before now. */
  long goal() {
    return Math.max(goal, millis);
  }

  /** Returns a clock of its own that shows the same time. */
  ManualClock copy() {
    ManualClock copy = new ManualClock();
    copy.set(millis);
    return copy;
  }
}
