package dev.keyling.sharding.job;

import dev.keyling.checkpoint.CheckpointStatistics.Ended;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Says what became of checkpoints, to the statistics and in one line of the log each: at WARN if
 * one failed, else at INFO, or at DEBUG where they come so often that nobody could read the rest.
 */
final class CheckpointReport {
  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final Logger log;
  private final JobParts parts;
  private final Level level;

  CheckpointReport(Logger log, JobParts parts) {
    this.log = log;
    this.parts = parts;
    Duration interval = parts.plan().checkpoints().getCheckpointInterval();
    this.level = interval.compareTo(OFTEN) < 0 ? Level.DEBUG : Level.INFO;
  }

  void began() {
    parts.counts().checkpoints().triggered();
  }

  void completed(CheckpointInProgress done) {
    Ended ended = ended(done, null);
    log.atLevel(level)
        .log(
            "dataflow {}: checkpoint {} is complete after {} ms: {} bytes of {} keys, alignment {} ms",
            parts.plan().name(),
            done.id,
            ended.took().toMillis(),
            done.bytes,
            done.keys,
            ended.alignment().toMillis());
  }

  void failed(CheckpointInProgress failed, Throwable cause) {
    Ended ended = ended(failed, cause);
    log.warn(
        "dataflow {}: checkpoint {} failed after {} ms: {}",
        parts.plan().name(),
        failed.id,
        ended.took().toMillis(),
        String.valueOf(cause));
  }

  /** The attempt has ended, of which the job tells. */
  void abandoned(CheckpointInProgress abandoned, Throwable cause) {
    ended(abandoned, cause);
  }

  private Ended ended(CheckpointInProgress checkpoint, @Nullable Throwable cause) {
    Ended ended =
        new Ended(
            checkpoint.id,
            checkpoint.startedAt,
            Duration.between(checkpoint.startedAt, parts.clock().instant()),
            checkpoint.bytes,
            checkpoint.keys,
            Duration.ofNanos(checkpoint.alignedAfterNanos),
            cause == null ? null : String.valueOf(cause));
    parts.counts().checkpoints().ended(ended);
    return ended;
  }
}
