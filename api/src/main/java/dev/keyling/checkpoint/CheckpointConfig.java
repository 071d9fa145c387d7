package dev.keyling.checkpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When and how a dataflow takes checkpoints. Names, defaults and bounds are Flink's, except where a
 * setter says otherwise; setters are fluent. What does not fit together is refused when the
 * dataflow is planned, see {@link #resolved}. Not thread-safe.
 */
public final class CheckpointConfig {
  public static final CheckpointingMode DEFAULT_MODE = CheckpointingMode.EXACTLY_ONCE;
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
  public static final Duration DEFAULT_MIN_PAUSE_BETWEEN_CHECKPOINTS = Duration.ZERO;
  public static final int DEFAULT_MAX_CONCURRENT_CHECKPOINTS = 1;
  private static final int UNSET = -1;

  private CheckpointingMode mode = DEFAULT_MODE;
  private Duration interval = Duration.ofMillis(-1);
  private Duration timeout = DEFAULT_TIMEOUT;
  private Duration minPause = DEFAULT_MIN_PAUSE_BETWEEN_CHECKPOINTS;
  private int maxConcurrent = DEFAULT_MAX_CONCURRENT_CHECKPOINTS;
  private boolean failOnErrors = true;
  private int tolerableFailures = UNSET;
  private ExternalizedCheckpointCleanup cleanup =
      ExternalizedCheckpointCleanup.NO_EXTERNALIZED_CHECKPOINTS;
  private boolean unaligned;
  private Duration alignmentTimeout = Duration.ZERO;
  private boolean forceUnaligned;
  private @Nullable CheckpointStorage storage;
  private int retained = 1;
  private List<String> remarks = List.of();

  /** Makes a configuration with checkpointing off. */
  public CheckpointConfig() {}

  private CheckpointConfig(CheckpointConfig from) {
    mode = from.mode;
    interval = from.interval;
    timeout = from.timeout;
    minPause = from.minPause;
    maxConcurrent = from.maxConcurrent;
    failOnErrors = from.failOnErrors;
    tolerableFailures = from.tolerableFailures;
    cleanup = from.cleanup;
    unaligned = from.unaligned;
    alignmentTimeout = from.alignmentTimeout;
    forceUnaligned = from.forceUnaligned;
    storage = from.storage;
    retained = from.retained;
    remarks = from.remarks;
  }

  /**
   * Returns a copy as it takes effect, which later changes do not reach: an interval below the
   * minimum pause is that pause, and what {@link #remarks} names is off.
   *
   * @param dataflow whose settings these are, for the message
   * @throws IllegalArgumentException for unaligned checkpoints of which several may be in progress
   */
  public CheckpointConfig resolved(String dataflow) {
    CheckpointConfig resolved = new CheckpointConfig(this);
    resolved.remarks = Limits.remarks(dataflow, this);
    resolved.unaligned = unaligned && mode == CheckpointingMode.EXACTLY_ONCE;
    if (isCheckpointingEnabled() && minPause.compareTo(interval) > 0) {
      resolved.interval = minPause;
    }
    return resolved;
  }

  /** Returns what was set and has no effect, and why: for the log of a job. */
  public List<String> remarks() {
    return remarks;
  }

  /** Tells whether checkpoints are taken: whether the interval is positive. */
  public boolean isCheckpointingEnabled() {
    return interval.toMillis() > 0;
  }

  public CheckpointingMode getCheckpointingMode() {
    return mode;
  }

  /** Sets what a restart may do to the effects of elements. Default {@link #DEFAULT_MODE}. */
  public CheckpointConfig setCheckpointingMode(CheckpointingMode newMode) {
    mode = Objects.requireNonNull(newMode, "checkpointing mode");
    return this;
  }

  /** Returns the time from one periodic trigger to the next; -1 ms when checkpointing is off. */
  public Duration getCheckpointInterval() {
    return interval;
  }

  /**
   * Sets the time from one periodic trigger to the next; the first comes after a random part of it,
   * at least the minimum pause. That and the maximum of concurrent ones may delay a trigger.
   *
   * @throws IllegalArgumentException below 1 ms (Flink: 10 ms), or above 2<sup>31</sup>-1 ms
   */
  public CheckpointConfig setCheckpointInterval(Duration newInterval) {
    interval = Limits.between("checkpoint interval", 1, newInterval);
    return this;
  }

  public Duration getCheckpointTimeout() {
    return timeout;
  }

  /**
   * Sets how long a checkpoint may take from its trigger on; then it is given up. Default 10 min.
   *
   * @throws IllegalArgumentException below 10 ms, or above 2<sup>31</sup>-1 ms
   */
  public CheckpointConfig setCheckpointTimeout(Duration newTimeout) {
    timeout = Limits.between("checkpoint timeout", 10, newTimeout);
    return this;
  }

  public Duration getMinPauseBetweenCheckpoints() {
    return minPause;
  }

  /**
   * Sets the least time from the completion of a checkpoint to the next periodic trigger; nothing
   * else waits for it. If it is more than the interval, that is the interval. Default none.
   *
   * @throws IllegalArgumentException below 0, or above 2<sup>31</sup>-1 ms
   */
  public CheckpointConfig setMinPauseBetweenCheckpoints(Duration newMinPause) {
    minPause = Limits.between("minimum pause between checkpoints", 0, newMinPause);
    return this;
  }

  public int getMaxConcurrentCheckpoints() {
    return maxConcurrent;
  }

  /**
   * Sets how many checkpoints may be in progress at a time; the next waits. Savepoints do not wait,
   * but count. Default 1.
   *
   * @throws IllegalArgumentException below 1
   */
  public CheckpointConfig setMaxConcurrentCheckpoints(int max) {
    maxConcurrent = Limits.atLeast("number of maximum concurrent checkpoints", 1, max);
    return this;
  }

  /**
   * @deprecated as in Flink: {@link #getTolerableCheckpointFailureNumber} says it in every case
   */
  @Deprecated
  public boolean isFailOnCheckpointingErrors() {
    return failOnErrors;
  }

  /**
   * Sets whether a checkpoint that fails, fails the attempt: false tolerates any number. Has no
   * effect, but a remark in the log, once a tolerable failure number is set. Default true.
   *
   * @deprecated as in Flink: use {@link #setTolerableCheckpointFailureNumber}
   */
  @Deprecated
  public CheckpointConfig setFailOnCheckpointingErrors(boolean fail) {
    if (tolerableFailures == UNSET) {
      failOnErrors = fail;
    } else {
      remarks =
          List.of(
              "setFailOnCheckpointingErrors(%s) has no effect, as the tolerable failure number is %d"
                  .formatted(fail, tolerableFailures));
    }
    return this;
  }

  /** Returns how many checkpoints may fail in a row; {@link Integer#MAX_VALUE}: any number. */
  public int getTolerableCheckpointFailureNumber() {
    if (tolerableFailures != UNSET) {
      return tolerableFailures;
    }
    return failOnErrors ? 0 : Integer.MAX_VALUE;
  }

  /**
   * Sets how many checkpoints may fail in a row before the attempt fails. One counts that takes too
   * long, that an operator declines, or whose content cannot be stored; not a savepoint, nor one
   * that is subsumed by a later one or was never begun. One that completes sets the count to 0.
   * Default 0.
   *
   * @throws IllegalArgumentException below 0
   */
  public CheckpointConfig setTolerableCheckpointFailureNumber(int number) {
    tolerableFailures = Limits.atLeast("tolerable checkpoint failure number", 0, number);
    return this;
  }

  /**
   * @deprecated as in Flink: use {@link #setExternalizedCheckpointCleanup}
   */
  @Deprecated
  public CheckpointConfig enableExternalizedCheckpoints(ExternalizedCheckpointCleanup newCleanup) {
    return setExternalizedCheckpointCleanup(newCleanup);
  }

  public boolean isExternalizedCheckpointsEnabled() {
    return cleanup != ExternalizedCheckpointCleanup.NO_EXTERNALIZED_CHECKPOINTS;
  }

  public ExternalizedCheckpointCleanup getExternalizedCheckpointCleanup() {
    return cleanup;
  }

  /** Sets what becomes of restore points at the job's end. Default: they go. */
  public CheckpointConfig setExternalizedCheckpointCleanup(
      ExternalizedCheckpointCleanup newCleanup) {
    cleanup = Objects.requireNonNull(newCleanup, "externalized checkpoint cleanup");
    return this;
  }

  public boolean isUnalignedCheckpointsEnabled() {
    return unaligned;
  }

  /**
   * Lets a checkpoint overtake the elements that wait before a keyed step: they become part of it,
   * and are fed in again at a restart. Needs their type ({@code DataStream.returns}), and that no
   * function changes them. Sinks always align. One at a time, EXACTLY_ONCE only. Default off.
   */
  public CheckpointConfig enableUnalignedCheckpoints() {
    unaligned = true;
    return this;
  }

  public CheckpointConfig disableUnalignedCheckpoints() {
    unaligned = false;
    return this;
  }

  public Duration getAlignmentTimeout() {
    return alignmentTimeout;
  }

  /**
   * Sets how long an unaligned checkpoint waits before it overtakes elements. Default 0: not.
   *
   * @throws IllegalArgumentException below 0, or above 2<sup>31</sup>-1 ms
   */
  public CheckpointConfig setAlignmentTimeout(Duration newTimeout) {
    alignmentTimeout = Limits.between("alignment timeout", 0, newTimeout);
    return this;
  }

  public boolean isForceUnalignedCheckpoints() {
    return forceUnaligned;
  }

  /**
   * Allows unaligned checkpoints although some steps cannot be overtaken (elements of no declared
   * type, operators, connected and broadcast streams): those align. Else refused. Default false.
   */
  public CheckpointConfig setForceUnalignedCheckpoints(boolean force) {
    forceUnaligned = force;
    return this;
  }

  /** Returns where manifests are kept; null, the default: in the store of the dataflow. */
  public @Nullable CheckpointStorage getCheckpointStorage() {
    return storage;
  }

  public CheckpointConfig setCheckpointStorage(CheckpointStorage newStorage) {
    storage = Objects.requireNonNull(newStorage, "checkpoint storage");
    return this;
  }

  /** Sets a {@link FileSystemCheckpointStorage} with its default sizes. */
  public CheckpointConfig setCheckpointStorageDir(Path dir) {
    return setCheckpointStorage(new FileSystemCheckpointStorage(dir));
  }

  public int getNumRetained() {
    return retained;
  }

  /**
   * Sets how many completed checkpoints can be restored and looked at, the newest included; each
   * takes the versions of entries that changed after it. Default 1.
   *
   * @throws IllegalArgumentException below 1
   */
  public CheckpointConfig setNumRetained(int number) {
    retained = Limits.atLeast("number of retained checkpoints", 1, number);
    return this;
  }
}
