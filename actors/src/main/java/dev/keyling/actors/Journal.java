package dev.keyling.actors;

import dev.keyling.actors.CommitFormat.KeyDeltas;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.kernel.Delta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The commits of one life of a key group, from pending changes to durable events. Runs in the key
 * group's thread; a checkpoint's commit is encoded off it, a batch's at once.
 */
final class Journal {
  private final ActorContext<GroupCommand> context;
  private final StepHost host;
  private final ActorRef log;
  private final Executor io;
  private final int attempt;

  /** Commits that are not durable yet, with the keys they changed. */
  private final TreeMap<Long, List<KeyEntry>> unwritten = new TreeMap<>();

  private final Deque<Commit> writing = new ArrayDeque<>();
  private CompletableFuture<Void> encoding = CompletableFuture.completedFuture(null);
  private long sealedUpTo;

  /** A commit is encoded. */
  record Encoded(Journal journal, long id, List<byte[]> parts) implements GroupCommand.Internal {}

  /** What a life of the group cannot go on without has failed. */
  record Broken(int attempt, Throwable cause) implements GroupCommand.Internal {
    Broken {
      if (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
    }
  }

  Journal(
      ActorContext<GroupCommand> context,
      StepHost host,
      ActorRef log,
      Executor io,
      int attempt,
      long sealedUpTo) {
    this.context = context;
    this.host = host;
    this.log = log;
    this.io = io;
    this.attempt = attempt;
    this.sealedUpTo = sealedUpTo;
  }

  void startAfter(long id) {
    sealedUpTo = id;
  }

  /** Tells whether all changes up to this commit are durable. */
  boolean isDurable(long id) {
    return sealedUpTo >= id && (unwritten.isEmpty() || unwritten.firstKey() > id);
  }

  /** Takes the pending changes of these keys into a commit. */
  void seal(long id, long watermark, List<KeyEntry> changed) {
    sealedUpTo = id;
    if (changed.isEmpty()) {
      return;
    }
    unwritten.put(id, changed);
    List<KeyDeltas> deltas = new ArrayList<>(changed.size());
    for (KeyEntry entry : changed) {
      List<Delta> sealed = entry.overlay.seal(id);
      if (!sealed.isEmpty()) { // else what was added has been removed again
        deltas.add(new KeyDeltas(entry.bytes(host.definition().keys()), sealed));
      }
    }
    int partBytes = host.settings().commitPartBytes();
    if (host.commits() == Commits.BATCHES) {
      append(id, CommitFormat.encode(attempt, id, watermark, deltas, partBytes));
      return;
    }
    encoding =
        encoding.thenRunAsync(
            () ->
                context
                    .getSelf()
                    .tell(
                        new Encoded(
                            this,
                            id,
                            CommitFormat.encode(attempt, id, watermark, deltas, partBytes))),
            io);
    encoding.exceptionally(
        failure -> {
          context.getSelf().tell(new Broken(attempt, failure));
          return null;
        });
  }

  void append(long id, List<byte[]> parts) {
    writing.add(new Commit(id, parts, 0, unwritten.getOrDefault(id, List.of())));
    log.tell(new EventLog.Append(id, parts), ActorRef.noSender());
  }

  /** The journal has written the oldest commit of those it was given; returns it. */
  Commit appended(EventLog.Appended appended) {
    Commit commit = writing.remove().writtenAt(appended.sequenceNr());
    unwritten.remove(commit.id());
    return commit;
  }
}
