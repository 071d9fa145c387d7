package dev.keyling.state;

import java.time.Duration;
import java.util.Objects;

/**
 * How long the entries of a state live (semantics: Flink's {@code StateTtlConfig}). Each value,
 * list element and map entry has a stamp of its own; a reducing or aggregating state has one. An
 * entry is expired when its stamp plus the time to live is at or before now.
 *
 * <p>The configuration is not stored: stamps are judged by what the running program says. When it
 * is switched on, entries that have no stamp yet count as written when their key next wakes.
 *
 * <h2>When expired entries go</h2>
 *
 * A read removes what it finds expired. What nobody reads is removed by one sweep per key, which is
 * a durable timer: it fires at most a tenth of the time to live (and at most a minute) after the
 * earliest expiry, for sleeping keys too. Flink's cleanup strategies are accepted, so that programs
 * can be moved, and all mean this sweep:
 *
 * <table>
 *   <caption>Cleanup strategies</caption>
 *   <tr><th>Flink</th><th>here</th></tr>
 *   <tr><td>default</td><td>the sweep</td></tr>
 *   <tr><td>{@code cleanupIncrementally}, {@code cleanupInRocksdbCompactFilter}</td><td>the sweep,
 *       even if the background cleanup is disabled; sizes and periods say nothing here</td></tr>
 *   <tr><td>{@code cleanupFullSnapshot}</td><td>the sweep: what is swept is in no checkpoint</td></tr>
 *   <tr><td>{@code disableCleanupInBackground}</td><td>no sweep, unless one of the strategies above
 *       is chosen: expired entries stay until they are read</td></tr>
 * </table>
 */
public final class StateTtlConfig {
  /** No time to live: entries stay until they are removed. */
  public static final StateTtlConfig DISABLED =
      new Builder(1).setUpdateType(UpdateType.Disabled).build();

  private final long ttlMillis;
  private final UpdateType updateType;
  private final StateVisibility visibility;
  private final TtlTimeCharacteristic time;
  private final boolean swept;

  /** What stamps an entry anew. */
  public enum UpdateType {
    /** There is no time to live. */
    Disabled,
    /** Every write does. */
    OnCreateAndWrite,
    /** Every write does, and every read of an entry that is not expired. */
    OnReadAndWrite
  }

  /** What a read gives that finds an expired entry. In both cases it removes it. */
  public enum StateVisibility {
    /** The expired entry, this once. */
    ReturnExpiredIfNotCleanedUp,
    /** Nothing, as if it were not there. */
    NeverReturnExpired
  }

  /** Which time counts. */
  public enum TtlTimeCharacteristic {
    /** The clock. */
    ProcessingTime,
    /**
     * The watermark. A write stamps with the timestamp of its element or event timer, or the
     * watermark if that is later or there is no timestamp; a stamp never goes back. Before there is
     * either, nothing expires. The end of the input is not a time: nothing expires by it.
     */
    EventTime
  }

  private StateTtlConfig(Builder builder) {
    this.ttlMillis = builder.ttlMillis;
    this.updateType = builder.updateType;
    this.visibility = builder.visibility;
    this.time = builder.time;
    this.swept = builder.background || builder.chosen;
  }

  /**
   * Begins a configuration with Flink's defaults: stamped by writes, never returned when expired,
   * processing time, swept.
   *
   * @param ttl at least 1 ms; parts of a millisecond are cut off
   * @throws IllegalArgumentException if it is shorter
   */
  public static Builder newBuilder(Duration ttl) {
    Objects.requireNonNull(ttl, "the time to live is null");
    try {
      return new Builder(ttl.toMillis());
    } catch (ArithmeticException e) {
      return new Builder(Long.MAX_VALUE); // longer than there is time
    }
  }

  /**
   * Begins a configuration, as {@link #newBuilder(Duration)}.
   *
   * @param ttlMillis at least 1
   */
  public static Builder newBuilder(long ttlMillis) {
    return new Builder(ttlMillis);
  }

  /** Tells whether entries expire. */
  public boolean isEnabled() {
    return updateType != UpdateType.Disabled;
  }

  /** Returns the time to live. */
  public Duration getTimeToLive() {
    return Duration.ofMillis(ttlMillis);
  }

  public UpdateType getUpdateType() {
    return updateType;
  }

  public StateVisibility getStateVisibility() {
    return visibility;
  }

  public TtlTimeCharacteristic getTtlTimeCharacteristic() {
    return time;
  }

  /** Tells whether expired entries are removed without being read. */
  public boolean isSwept() {
    return swept;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateTtlConfig that
        && ttlMillis == that.ttlMillis
        && updateType == that.updateType
        && visibility == that.visibility
        && time == that.time
        && swept == that.swept;
  }

  @Override
  public int hashCode() {
    return Objects.hash(ttlMillis, updateType, visibility, time, swept);
  }

  @Override
  public String toString() {
    return isEnabled()
        ? "%d ms, %s, %s, %s%s"
            .formatted(ttlMillis, updateType, visibility, time, swept ? "" : ", not swept")
        : "no time to live";
  }

  /** Builds a {@link StateTtlConfig}. */
  public static final class Builder {
    private final long ttlMillis;
    private UpdateType updateType = UpdateType.OnCreateAndWrite;
    private StateVisibility visibility = StateVisibility.NeverReturnExpired;
    private TtlTimeCharacteristic time = TtlTimeCharacteristic.ProcessingTime;
    private boolean background = true;
    private boolean chosen;

    private Builder(long ttlMillis) {
      if (ttlMillis <= 0) {
        throw new IllegalArgumentException(
            "a time to live is at least 1 ms, not " + ttlMillis + " ms");
      }
      this.ttlMillis = ttlMillis;
    }

    public Builder setUpdateType(UpdateType type) {
      updateType = Objects.requireNonNull(type);
      return this;
    }

    /** Says {@link UpdateType#OnCreateAndWrite}. */
    public Builder updateTtlOnCreateAndWrite() {
      return setUpdateType(UpdateType.OnCreateAndWrite);
    }

    /** Says {@link UpdateType#OnReadAndWrite}. */
    public Builder updateTtlOnReadAndWrite() {
      return setUpdateType(UpdateType.OnReadAndWrite);
    }

    public Builder setStateVisibility(StateVisibility newVisibility) {
      visibility = Objects.requireNonNull(newVisibility);
      return this;
    }

    /** Says {@link StateVisibility#ReturnExpiredIfNotCleanedUp}. */
    public Builder returnExpiredIfNotCleanedUp() {
      return setStateVisibility(StateVisibility.ReturnExpiredIfNotCleanedUp);
    }

    /** Says {@link StateVisibility#NeverReturnExpired}. */
    public Builder neverReturnExpired() {
      return setStateVisibility(StateVisibility.NeverReturnExpired);
    }

    public Builder setTtlTimeCharacteristic(TtlTimeCharacteristic characteristic) {
      time = Objects.requireNonNull(characteristic);
      return this;
    }

    /** Says {@link TtlTimeCharacteristic#ProcessingTime}. */
    public Builder useProcessingTime() {
      return setTtlTimeCharacteristic(TtlTimeCharacteristic.ProcessingTime);
    }

    /** Chooses the sweep; see the table of the class. */
    public Builder cleanupFullSnapshot() {
      chosen = true;
      return this;
    }

    /**
     * Chooses the sweep; see the table of the class.
     *
     * @param size at least 1
     * @param everyRecord says nothing here: the sweep needs no record
     */
    public Builder cleanupIncrementally(int size, boolean everyRecord) {
      requirePositive(size, "the cleanup size");
      chosen = true;
      return this;
    }

    /**
     * Chooses the sweep; see the table of the class.
     *
     * @param afterEntries at least 1
     */
    public Builder cleanupInRocksdbCompactFilter(long afterEntries) {
      requirePositive(afterEntries, "the number of entries");
      chosen = true;
      return this;
    }

    /**
     * Chooses the sweep; see the table of the class.
     *
     * @param afterEntries at least 1
     */
    public Builder cleanupInRocksdbCompactFilter(long afterEntries, Duration period) {
      Objects.requireNonNull(period, "the compaction period is null");
      return cleanupInRocksdbCompactFilter(afterEntries);
    }

    private static void requirePositive(long number, String what) {
      if (number <= 0) {
        throw new IllegalArgumentException(what + " is at least 1, not " + number);
      }
    }

    /** Switches the sweep off, unless a cleanup strategy is chosen. */
    public Builder disableCleanupInBackground() {
      background = false;
      return this;
    }

    public StateTtlConfig build() {
      return new StateTtlConfig(this);
    }
  }
}
