package dev.keyling.semantics.world;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Thread-safe. */
public final class HandClock implements InstantSource {
  private volatile long millis;

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  @Override
  public long millis() {
    return millis;
  }

  public void set(long newMillis) {
    millis = newMillis;
  }
}
