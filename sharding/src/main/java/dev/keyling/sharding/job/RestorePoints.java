package dev.keyling.sharding.job;

import dev.keyling.JobStatus;
import dev.keyling.checkpoint.ExternalizedCheckpointCleanup;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the manifests of a job's checkpoints and lets go of them, one after the other and away from
 * the coordinator's thread. What cannot be let go of is left there, with a warning.
 */
final class RestorePoints {
  private final JobParts parts;
  private final Manifests manifests;
  private final Executor io;

  /** Checkpoints that are kept, or are to be, and that no record names yet. */
  private final Set<Long> unrecorded = new HashSet<>();

  private CompletableFuture<?> newest = CompletableFuture.completedFuture(null);

  RestorePoints(JobParts parts) {
    this.parts = parts;
    this.manifests = Manifests.of(parts.plan().name(), parts.plan().checkpoints());
    this.io =
        parts
            .system()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(parts.settings().sourceDispatcher()));
  }

  /**
   * Tells whether the restore points of a job outlive it.
   *
   * @param suspended whether it was not its owner who cancelled it
   */
  static boolean stay(ExternalizedCheckpointCleanup cleanup, JobStatus end, boolean suspended) {
    if (end == JobStatus.FINISHED
        || cleanup == ExternalizedCheckpointCleanup.NO_EXTERNALIZED_CHECKPOINTS) {
      return false;
    }
    return cleanup == ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION
        || end == JobStatus.FAILED
        || suspended;
  }

  /** Returns those manifests that are kept. */
  Manifests manifests() {
    return manifests;
  }

  /**
   * Keeps a manifest.
   *
   * @param told is given the place, or why it cannot be kept; for one manifest after the other, in
   *     any thread
   */
  void keep(Manifest manifest, BiConsumer<byte @Nullable [], @Nullable Throwable> told) {
    if (manifests instanceof ManifestsInRecord) {
      keepNow(manifest, told); // does not block
      return;
    }
    unrecorded.add(manifest.id());
    newest = newest.handleAsync((done, failure) -> keepNow(manifest, told), io);
  }

  private boolean keepNow(
      Manifest manifest, BiConsumer<byte @Nullable [], @Nullable Throwable> told) {
    byte[] place;
    try {
      place = manifests.keep(manifest);
    } catch (IOException | RuntimeException e) {
      told.accept(
          null,
          new IllegalStateException(
              "dataflow \"%s\": the content of checkpoint %d cannot be kept: %s"
                  .formatted(parts.plan().name(), manifest.id(), e.getMessage()),
              e));
      return false;
    }
    told.accept(place, null);
    return true;
  }

  /** A record is being written that names the checkpoint. */
  void recorded(long checkpoint) {
    unrecorded.remove(checkpoint);
  }

  /** Lets go of a checkpoint that was to be kept, if no record names it. */
  void discard(long checkpoint) {
    if (unrecorded.remove(checkpoint)) {
      discard(checkpoint, manifests.place());
    }
  }

  /** Lets go of all that no record names, as the attempt is over. */
  void abandon() {
    List.copyOf(unrecorded).forEach(this::discard);
  }

  /** Lets go of checkpoints that are recorded no more. */
  void discard(List<Kept> dropped) {
    dropped.forEach(each -> discard(each.id(), each.place()));
  }

  /**
   * Lets go of what an earlier process left when it ended before it could: checkpoints that were
   * kept and not recorded, and those that were recorded and are no more. Others that are there are
   * not of this store, and stay.
   *
   * @param records those that are still there, oldest first, at least one
   */
  void discardLeftovers(Supplier<List<JobRecord>> records) {
    if (manifests instanceof ManifestsInRecord) {
      return;
    }
    List<JobRecord> stored = records.get();
    JobRecord now = stored.get(stored.size() - 1);
    Manifest completed = now.completed();
    long recordedUpTo = Math.max(now.firstId() - 1, completed == null ? 0 : completed.id());
    Set<Long> once = new HashSet<>();
    stored.forEach(record -> once.addAll(idsHere(record)));
    once.removeAll(idsHere(now));
    newest =
        newest.handleAsync(
            (done, failure) ->
                discardStored(
                    id -> once.contains(id) || id > recordedUpTo && id <= now.reservedTo()),
            io);
  }

  private List<Long> idsHere(JobRecord record) {
    byte[] here = manifests.place();
    return record.retained().stream()
        .filter(kept -> Arrays.equals(kept.place(), here))
        .map(Kept::id)
        .toList();
  }

  private boolean discardStored(LongPredicate isLeft) {
    List<Long> left;
    try {
      left = manifests.stored().stream().filter(isLeft::test).toList();
    } catch (IOException | RuntimeException e) {
      String dataflow = parts.plan().name();
      parts.system().log().warn("dataflow {}: no checkpoints listed: {}", dataflow, e.toString());
      return false;
    }
    left.forEach(id -> discardNow(id, manifests.place()));
    return true;
  }

  private void discard(long checkpoint, byte[] place) {
    if (place.length > 0) {
      newest = newest.handleAsync((done, failure) -> discardNow(checkpoint, place), io);
    }
  }

  private boolean discardNow(long checkpoint, byte[] place) {
    try {
      manifests.discard(checkpoint, place);
      return true;
    } catch (IOException | RuntimeException e) {
      parts
          .system()
          .log()
          .warn(
              "dataflow {}: what is kept of checkpoint {} cannot be deleted, delete it by hand: {}",
              parts.plan().name(),
              checkpoint,
              String.valueOf(e));
      return false;
    }
  }

  /** Completes when everything is done that was asked for so far. */
  CompletionStage<?> idle() {
    return newest.handle((done, failure) -> "idle");
  }
}
