package dev.keyling.actors;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the key groups of one step hold in memory on one node because it is not in rows yet.
 * Thread-safe.
 */
final class Unflushed {
  private final long limit;
  private final AtomicLong bytes = new AtomicLong();

  Unflushed(long limit) {
    this.limit = limit;
  }

  void add(long more) {
    bytes.addAndGet(more);
  }

  boolean isOver() {
    return bytes.get() > limit;
  }
}
