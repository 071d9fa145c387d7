package dev.keyling.actors;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the key groups of one step hold in memory on one node because it is not in rows yet.
 * Thread-safe.
 */
final class Unflushed {
  private static final long MAX_PORTION = 64 << 10;
  private static final long PORTIONS = 1024;

  private final long limit;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();

  Unflushed(long limit) {
    this.limit = limit;
  }

  /** Returns what a group may keep to itself: all groups count with one number, which is slow. */
  long portion() {
    return Math.min(MAX_PORTION, limit / PORTIONS);
  }

  void add(long more) {
    bytes.addAndGet(more);
  }

  /** So much more of it is part of a completed checkpoint, and becomes rows next. */
  void completed(long more) {
    completed.addAndGet(more);
  }

  /** Tells whether it gets less without another checkpoint. */
  boolean isBeingFlushed() {
    return completed.get() > 0;
  }

  boolean isOver() {
    return bytes.get() > limit;
  }
}
