package dev.keyling.sharding.job;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The way of a checkpoint from its last answer to its record: first its manifest is kept, then the
 * record is written that makes it complete. Runs in the coordinator's thread.
 */
final class Completion {
  private final ActorRef<JobMessage> self;
  private final Standing standing;
  private final Checkpoints checkpoints;
  private final int attempt;

  Completion(ActorRef<JobMessage> self, Standing standing, Checkpoints checkpoints, int attempt) {
    this.self = self;
    this.standing = standing;
    this.checkpoints = checkpoints;
    this.attempt = attempt;
  }

  /** All answers are here; {@link JobMessage.ManifestKept} follows. */
  void begin(CheckpointInProgress checkpoint) {
    Manifest manifest = checkpoints.manifest(checkpoint, standing.completed());
    standing
        .restorePoints()
        .keep(
            manifest,
            (place, failure) ->
                self.tell(new JobMessage.ManifestKept(attempt, manifest, place, failure)));
  }

  /**
   * The manifest is kept, or cannot be.
   *
   * @param recorded is given the record when it is durable
   */
  void on(JobMessage.ManifestKept kept, Consumer<JobRecord> recorded) {
    long id = kept.manifest().id();
    CheckpointInProgress of = checkpoints.inProgress(id);
    byte[] place = kept.place();
    if (of == null || place == null) {
      standing.restorePoints().discard(id);
      Throwable failure = kept.failure();
      if (failure != null) {
        checkpoints.failed(id, failure);
      }
      return;
    }
    standing.restorePoints().recorded(id);
    JobRecord next = checkpoints.recordOf(of, kept.manifest(), place, standing.record());
    standing.write(next, () -> recorded.accept(next));
  }
}
