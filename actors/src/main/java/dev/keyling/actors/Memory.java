package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.kernel.AgedStates;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** What one life of a key group remembers beyond its heap; nothing, if nothing is to be stored. */
final class Memory {
  private final ActorContext<GroupCommand> context;
  private final StepHost host;
  private final GroupAddress address;
  private final Open open;
  private final Executor io;
  private final @Nullable Journal journal;
  private final @Nullable Flusher flusher;
  private final Backlog backlog;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long sealedUpTo;
  private long completedUpTo = Long.MIN_VALUE;
  private long bytes;
  private long keys;
  private @Nullable AgedStates aged;

  private record Waiting(long id, LongConsumer action) {}

  /** The next keys that have rows, for a pass over all keys. */
  record KeysRead(Memory memory, EveryKey pass, List<byte[]> keys)
      implements GroupCommand.Internal {}

  Memory(
      ActorContext<GroupCommand> context,
      StepHost host,
      GroupAddress address,
      Open open,
      Executor io,
      @Nullable ActorRef log,
      long sealedUpTo) {
    this.context = context;
    this.host = host;
    this.address = address;
    this.open = open;
    this.io = io;
    this.sealedUpTo = sealedUpTo;
    RowStore rows = host.rows();
    if (log == null || rows == null) {
      journal = null;
      flusher = null;
    } else {
      journal = new Journal(context, host, log, io, open.stamp().attempt(), sealedUpTo);
      flusher =
          new Flusher(
              context,
              host,
              address,
              open.stamp().attempt(),
              rows,
              log,
              io,
              this::historyUpTo,
              new Retained(open.retained()));
    }
    Flusher flushing = flusher;
    backlog =
        new Backlog(
            context, host, address.group(), open, flushing == null ? () -> {} : flushing::flush);
  }

  boolean isEmbedded() {
    return host.commits() == Commits.BATCHES;
  }

  /**
   * Takes over commits that recovery found and that are not in rows yet.
   *
   * @param last id of the newest commit that is stored, rows included
   * @param states what keys are aged for; null if no key is stored
   */
  void recovered(List<Commit> commits, long last, @Nullable AgedStates states) {
    aged = states;
    if (isEmbedded()) {
      sealedUpTo = Math.max(sealedUpTo, last);
      if (journal != null) {
        journal.startAfter(sealedUpTo);
      }
    }
    if (flusher != null && !commits.isEmpty()) {
      for (Commit commit : commits) {
        backlog.encoded(commit.id(), commit.bytes());
        flusher.durable(commit);
      }
      long newest = commits.get(commits.size() - 1).id();
      backlog.completed(newest);
      flusher.completed(newest);
    }
  }

  /** Returns what the stored keys are aged for; null if no key was stored. */
  @Nullable AgedStates aged() {
    return aged;
  }

  long sealedUpTo() {
    return sealedUpTo;
  }

  void seal(long id, long watermark, List<KeyEntry> changed) {
    sealedUpTo = id;
    backlog.sealed(id);
    bytes = 0;
    keys = 0;
    if (journal != null) {
      journal.seal(id, watermark, changed);
    } else {
      changed.forEach(entry -> entry.overlay.seal(id));
    }
  }

  /** Runs the action, which is given the size of the last commit, when commits are durable. */
  void whenDurable(long id, LongConsumer action) {
    if (journal == null || journal.isDurable(id)) {
      action.accept(bytes);
    } else {
      waiting.add(new Waiting(id, action));
    }
  }

  /** Returns how many keys the commit changed whose size {@link #whenDurable} tells. */
  long keys() {
    return keys;
  }

  void encoded(Journal.Encoded encoded) {
    if (journal != null && encoded.journal() == journal) {
      journal.append(encoded.id(), encoded.parts());
    }
  }

  void appended(EventLog.Appended appended) {
    if (journal == null || flusher == null) {
      return;
    }
    bytes = appended.bytes();
    backlog.encoded(appended.id(), bytes);
    Commit commit = journal.appended(appended);
    keys = commit.keys().size();
    flusher.durable(commit);
    if (isEmbedded()) {
      backlog.completed(appended.id());
      flusher.completed(appended.id());
    }
    while (waiting.peek() != null && journal.isDurable(waiting.element().id())) {
      waiting.remove().action().accept(bytes);
    }
  }

  void completed(long id, Retained retained) {
    completedUpTo = id;
    backlog.completed(id);
    if (flusher != null) {
      flusher.retain(retained);
      flusher.completed(id);
    }
  }

  /** Returns what reads a key as it was at a checkpoint. */
  Past past(long checkpoint) {
    History history =
        checkpoint < open.firstId()
            ? open.history().upTo(checkpoint)
            : historyUpTo(Math.max(checkpoint, completedUpTo)).upTo(checkpoint);
    return new Past(host, address, checkpoint, history, flusher, io);
  }

  void flushDue(Flusher.Due due) {
    if (due.flusher() == flusher) {
      due.flusher().due();
    }
  }

  /** Rows are written; returns whether it was this life that did. */
  boolean flushed(Flusher.Flushed flushed) {
    if (flushed.flusher() != flusher) {
      return false;
    }
    flushed.flusher().flushed(flushed.commits());
    backlog.inRows(flushed.commits().get(flushed.commits().size() - 1).id());
    return true;
  }

  Backlog backlog() {
    return backlog;
  }

  /** Returns what counts now: what did at the start, and what this attempt has completed. */
  History history() {
    return historyUpTo(completedUpTo);
  }

  private History historyUpTo(long id) {
    long first = open.firstId();
    if (isEmbedded() || id < first) {
      return open.history();
    }
    List<Segment> segments = new ArrayList<>(open.history().segments());
    segments.add(new Segment(open.stamp().attempt(), first - 1, id));
    return History.of(segments);
  }

  /** Returns all keys of the user, those known and those in rows. */
  KeyPages allKeys(Keys known) {
    List<byte[]> keys = new ArrayList<>();
    known.encoded(keys::add);
    return new KeyPages(keys, host.rows() != null);
  }

  /** Reads which keys have rows, behind one of them; {@link KeysRead} follows. */
  void readKeys(byte @Nullable [] after, EveryKey pass) {
    RowStore rows = Objects.requireNonNull(host.rows(), "rows that have keys");
    History valid = history();
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> rows.keys(address, valid, after, KeyPages.PAGE), io),
        (keys, failure) ->
            failure == null
                ? new KeysRead(this, pass, keys)
                : new Journal.Broken(open.stamp().attempt(), failure));
  }
}
