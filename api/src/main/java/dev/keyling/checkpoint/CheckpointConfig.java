package dev.keyling.checkpoint;

import java.time.Duration;

/**
 * When and how a dataflow takes checkpoints. Names and defaults are Flink's; setters are fluent.
 */
public final class CheckpointConfig {
  public static final CheckpointingMode DEFAULT_MODE = CheckpointingMode.EXACTLY_ONCE;
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
  public static final Duration DEFAULT_MIN_PAUSE_BETWEEN_CHECKPOINTS = Duration.ZERO;

  private static final Duration OFF = Duration.ofMillis(-1);
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(10);

  private CheckpointingMode mode = DEFAULT_MODE;
  private Duration interval = OFF;
  private Duration timeout = DEFAULT_TIMEOUT;
  private Duration minPause = DEFAULT_MIN_PAUSE_BETWEEN_CHECKPOINTS;
  private int tolerableFailures;
  private int numRetained = 1;

  /** Makes a configuration with checkpointing off. */
  public CheckpointConfig() {}

  /** Returns a copy that later changes do not reach. */
  public CheckpointConfig copy() {
    CheckpointConfig copy = new CheckpointConfig();
    copy.mode = mode;
    copy.interval = interval;
    copy.timeout = timeout;
    copy.minPause = minPause;
    copy.tolerableFailures = tolerableFailures;
    copy.numRetained = numRetained;
    return copy;
  }

  /** Tells whether checkpoints are taken: whether the interval is positive. */
  public boolean isCheckpointingEnabled() {
    return interval.toMillis() > 0;
  }

  public CheckpointingMode getCheckpointingMode() {
    return mode;
  }

  public CheckpointConfig setCheckpointingMode(CheckpointingMode newMode) {
    mode = newMode;
    return this;
  }

  /** Returns the time from one trigger to the next; -1 ms when checkpointing is off. */
  public Duration getCheckpointInterval() {
    return interval;
  }

  /**
   * Sets the time from one trigger to the next.
   *
   * @throws IllegalArgumentException below 1 ms
   */
  public CheckpointConfig setCheckpointInterval(Duration newInterval) {
    interval = atLeast("checkpoint interval", newInterval, Duration.ofMillis(1));
    return this;
  }

  public Duration getCheckpointTimeout() {
    return timeout;
  }

  /**
   * Sets how long a checkpoint may take before it is given up.
   *
   * @throws IllegalArgumentException below 10 ms
   */
  public CheckpointConfig setCheckpointTimeout(Duration newTimeout) {
    timeout = atLeast("checkpoint timeout", newTimeout, MIN_TIMEOUT);
    return this;
  }

  public Duration getMinPauseBetweenCheckpoints() {
    return minPause;
  }

  /** Sets the least time from the completion of a checkpoint to the next periodic trigger. */
  public CheckpointConfig setMinPauseBetweenCheckpoints(Duration newMinPause) {
    minPause = atLeast("minimum pause between checkpoints", newMinPause, Duration.ZERO);
    return this;
  }

  public int getTolerableCheckpointFailureNumber() {
    return tolerableFailures;
  }

  /** Sets how many checkpoints may fail in a row before the attempt fails. */
  public CheckpointConfig setTolerableCheckpointFailureNumber(int number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "the tolerable checkpoint failure number is at least 0, not " + number);
    }
    tolerableFailures = number;
    return this;
  }

  /** Returns how many completed checkpoints can be restored and looked at; 1 unless set. */
  public int getNumRetained() {
    return numRetained;
  }

  /**
   * Sets how many completed checkpoints are kept, the newest included. Each takes the versions of
   * entries that changed after it.
   *
   * @throws IllegalArgumentException below 1
   */
  public CheckpointConfig setNumRetained(int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          "at least 1 checkpoint is retained, the newest; not " + number);
    }
    numRetained = number;
    return this;
  }

  private static Duration atLeast(String what, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "the " + what + " is at least " + least.toMillis() + " ms, not " + value);
    }
    return value;
  }
}
