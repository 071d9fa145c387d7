package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.persistence.savepoint.GroupFile;
import dev.keyling.persistence.savepoint.UnfinishedSavepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The savepoints of one attempt. A savepoint has a checkpoint of its own; when that is complete, a
 * few key groups at a time write what they held, while elements go on, and at last the manifest
 * makes the directory a savepoint. What goes wrong fails the savepoint and nothing else. Runs in
 * the coordinator's thread.
 */
final class Savepoints {
  /** Key groups that write at the same time; others want to read from the disk too. */
  private static final int AT_ONCE = 2;

  private final ActorContext<JobMessage> context;
  private final JobParts parts;
  private final Attempt attempt;
  private final Checkpoints checkpoints;
  private final Settled settled;
  private final List<SavepointInProgress> inProgress = new ArrayList<>();

  /** Hears when a savepoint has ended, well or not. */
  interface Settled {
    /**
     * @param goesOn whether the job was to stop with it, and does not
     */
    void settled(boolean goesOn);
  }

  Savepoints(
      ActorContext<JobMessage> context,
      JobParts parts,
      Attempt attempt,
      Checkpoints checkpoints,
      Settled settled) {
    this.context = context;
    this.parts = parts;
    this.attempt = attempt;
    this.checkpoints = checkpoints;
    this.settled = settled;
  }

  /** Tells whether none is under way. */
  boolean isIdle() {
    return inProgress.isEmpty();
  }

  /** First: the directory. */
  void take(JobMessage.TakeSavepoint wanted) {
    if (wanted.stops() && inProgress.stream().anyMatch(each -> each.stops)) {
      wanted
          .result()
          .completeExceptionally(
              new IllegalStateException(
                  "dataflow \"%s\" is being stopped with a savepoint already"
                      .formatted(parts.plan().name())));
      return;
    }
    SavepointInProgress savepoint =
        new SavepointInProgress(wanted.directory(), wanted.stops(), wanted.result());
    inProgress.add(savepoint);
    blocking(
        () -> UnfinishedSavepoint.begin(savepoint.target),
        savepoint,
        unfinished -> {
          savepoint.unfinished = unfinished;
          cut(savepoint);
        });
  }

  /** Second: the checkpoint. */
  private void cut(SavepointInProgress savepoint) {
    var cut = new CheckpointRequest.Savepoint(new CompletableFuture<>(), savepoint.stops);
    savepoint.cut = cut;
    cut.caller()
        .whenComplete(
            (checkpoint, failure) -> {
              if (failure != null) {
                failed(savepoint, failure);
              }
            });
    checkpoints.request(cut);
  }

  /** Third: a checkpoint is durable; if it is the one, the key groups write. */
  void completed(CheckpointInProgress done) {
    for (SavepointInProgress savepoint : List.copyOf(inProgress)) {
      if (savepoint.cut != null && done.requests.contains(savepoint.cut)) {
        savepoint.manifest = done.manifest;
        for (int step = 0; step < attempt.steps().size(); step++) {
          for (int group = 0; group < attempt.steps().get(step).size(); group++) {
            savepoint.toWrite.add(new SavepointInProgress.Group(step, group));
          }
        }
        goOn(savepoint);
      }
    }
  }

  private void goOn(SavepointInProgress savepoint) {
    UnfinishedSavepoint unfinished = Objects.requireNonNull(savepoint.unfinished);
    long checkpoint = Objects.requireNonNull(savepoint.manifest).id();
    while (savepoint.writing < AT_ONCE && !savepoint.toWrite.isEmpty()) {
      SavepointInProgress.Group next = savepoint.toWrite.remove();
      savepoint.writing++;
      attempt.steps().get(next.step()).save(next.number(), checkpoint, unfinished);
    }
    if (savepoint.isWritten()) {
      finish(savepoint, unfinished);
    }
  }

  /** A key group has written, or could not. */
  void saved(int step, GroupEvent.Saved saved) {
    for (SavepointInProgress savepoint : List.copyOf(inProgress)) {
      if (savepoint.isOf(saved.creation())) {
        savepoint.writing--;
        GroupFile file = saved.file();
        if (file != null) {
          savepoint.written(step, file);
        }
        if (saved.failure() != null) {
          failed(savepoint, saved.failure());
        } else if (savepoint.failure != null) {
          failed(savepoint, savepoint.failure); // perhaps it was the last to write
        } else {
          goOn(savepoint);
        }
      }
    }
  }

  /** Fourth: the manifest. */
  private void finish(SavepointInProgress savepoint, UnfinishedSavepoint unfinished) {
    blocking(
        () -> {
          unfinished.finish(savepoint.manifest(parts));
          return unfinished;
        },
        savepoint,
        done -> {
          long checkpoint = Objects.requireNonNull(savepoint.manifest).id();
          ended(savepoint);
          savepoint.result.complete(
              Savepoint.of(savepoint.target, checkpoint, parts.plan().name()));
          settled.settled(false);
        });
  }

  private void ended(SavepointInProgress savepoint) {
    inProgress.remove(savepoint);
    if (savepoint.manifest != null) {
      checkpoints.release(savepoint.manifest.id());
    }
  }

  /** Nothing is left that looks like a savepoint, and the job goes on. */
  private void failed(SavepointInProgress savepoint, Throwable cause) {
    if (!inProgress.contains(savepoint)) {
      return;
    }
    savepoint.failure = cause;
    savepoint.toWrite.clear();
    if (savepoint.writing > 0) {
      return; // comes again with the last of them
    }
    ended(savepoint);
    abandon(savepoint);
    if (savepoint.stops && savepoint.cut != null) {
      checkpoints.goOn();
      attempt.resumeSources();
    }
    savepoint.result.completeExceptionally(reason(cause));
    settled.settled(savepoint.stops);
  }

  /** What another thread threw comes wrapped. */
  private static Throwable reason(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? cause : thrown;
  }

  private void abandon(SavepointInProgress savepoint) {
    UnfinishedSavepoint unfinished = savepoint.unfinished;
    if (unfinished != null) {
      executor().execute(unfinished::abandon);
    }
  }

  /** Does something that blocks, and goes on here with what comes of it. */
  private <T> void blocking(
      Supplier<T> work, SavepointInProgress savepoint, Consumer<T> afterwards) {
    context.pipeToSelf(
        CompletableFuture.supplyAsync(work, executor()),
        (done, failure) ->
            new JobMessage.SavepointStep(
                attempt.number, () -> done(savepoint, done, failure, afterwards)));
  }

  private <T> void done(
      SavepointInProgress savepoint,
      @Nullable T done,
      @Nullable Throwable failure,
      Consumer<T> afterwards) {
    if (failure != null) {
      failed(savepoint, failure);
    } else if (done != null && inProgress.contains(savepoint)) {
      afterwards.accept(done);
    }
  }

  private Executor executor() {
    return context
        .getSystem()
        .dispatchers()
        .lookup(DispatcherSelector.fromConfig(parts.settings().sourceDispatcher()));
  }

  /** The attempt is over. */
  void abandon(Throwable cause) {
    for (SavepointInProgress savepoint : List.copyOf(inProgress)) {
      inProgress.remove(savepoint);
      abandon(savepoint);
      savepoint.result.completeExceptionally(
          new IllegalStateException(
              "dataflow \"%s\": the savepoint %s was not finished: %s; take it again"
                  .formatted(parts.plan().name(), savepoint.target, cause.getMessage()),
              cause));
    }
  }
}
