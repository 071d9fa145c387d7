package dev.keyling.kernel;

import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.StateTtlConfig.StateVisibility;
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.state.StateTtlConfig.UpdateType;
import dev.keyling.time.TimeDomain;
import org.jspecify.annotations.Nullable;

/** How long the entries of one state of one live key live: the one place that judges stamps. */
final class Lifetime {
  private static final long LONGEST_WAIT = 60_000;

  private final StateTtlConfig config;
  private final long ttl;
  private final TimeDomain domain;
  private final Aging aging;

  private Lifetime(StateTtlConfig config, Aging aging) {
    this.config = config;
    this.ttl = config.getTimeToLive().toMillis();
    this.domain = domainOf(config);
    this.aging = aging;
  }

  /** Returns null for entries that live for ever. */
  static @Nullable Lifetime of(StateTtlConfig config, Turns turns) {
    return config.isEnabled() ? new Lifetime(config, turns.aging()) : null;
  }

  static TimeDomain domainOf(StateTtlConfig config) {
    return config.getTtlTimeCharacteristic() == TtlTimeCharacteristic.EventTime
        ? TimeDomain.EVENT_TIME
        : TimeDomain.PROCESSING_TIME;
  }

  StateTtlConfig config() {
    return config;
  }

  TimeDomain domain() {
    return domain;
  }

  /** Tells whether a read stamps what it finds. */
  boolean isStampedByReads() {
    return config.getUpdateType() == UpdateType.OnReadAndWrite;
  }

  /** Tells whether a read returns what it finds expired and removes. */
  boolean showsExpired() {
    return config.getStateVisibility() == StateVisibility.ReturnExpiredIfNotCleanedUp;
  }

  boolean isSwept() {
    return config.isSwept();
  }

  /** Inclusive, and safe at the end of time. An entry without a stamp has not begun to age. */
  boolean isExpired(EntryValue entry) {
    long expiry = expiry(entry);
    return expiry != Long.MAX_VALUE && expiry <= aging.now(domain);
  }

  /** Returns when an entry expires; {@link Long#MAX_VALUE} is never. */
  long expiry(EntryValue entry) {
    return expiry(entry.stamp());
  }

  long expiry(long stamp) {
    if (stamp == EntryValue.NO_STAMP) {
      return Long.MAX_VALUE;
    }
    long expiry = stamp + ttl;
    return expiry < stamp ? Long.MAX_VALUE : expiry;
  }

  /**
   * Returns the stamp of an entry that is written or read now; {@link EntryValue#NO_STAMP} if there
   * is no time yet.
   *
   * @param before the entry that it takes the place of, if that is not expired
   */
  long stamp(@Nullable EntryValue before) {
    long stamp = aging.forStamp(domain);
    // out of order, an older element does not make the entry older
    return before == null ? stamp : Math.max(stamp, before.stamp());
  }

  /** Returns when what expires then is swept: together with what expires a little later. */
  long sweepTime(long expiry) {
    long grid = Math.max(1, Math.min(LONGEST_WAIT, ttl / 10));
    long past = Math.floorMod(expiry, grid);
    long time = past == 0 ? expiry : expiry + (grid - past);
    return time < expiry ? Long.MAX_VALUE : time;
  }
}
