package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.RowStore;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Turns completed commits into rows, in the background: rows and mark in one batch, then the trim
 * of the journal. Runs in the key group's thread; what takes long does not.
 */
final class Flusher {
  private final ActorContext<GroupCommand> context;
  private final StepHost host;
  private final GroupAddress address;
  private final int attempt;
  private final RowStore rows;
  private final ActorRef log;
  private final Executor io;
  private final LongFunction<History> historyUpTo;
  private final FlushTimes times;

  /** Durable commits, oldest first. */
  private final Deque<Commit> commits = new ArrayDeque<>();

  private Retained retained;
  private long completedUpTo;
  private long completedBytes;

  /** Of checkpoints below, rows may have lost what later ones superseded. */
  private volatile long forgottenBelow = Long.MIN_VALUE;

  private boolean flushing;
  private boolean scheduled;

  /** Rows are written; the keys of these commits can forget what is in them. */
  record Flushed(Flusher flusher, List<Commit> commits) implements GroupCommand.Internal {}

  /** The oldest completed commit has waited long enough. */
  record Due(Flusher flusher) implements GroupCommand.Internal {}

  Flusher(
      ActorContext<GroupCommand> context,
      StepHost host,
      GroupAddress address,
      int attempt,
      RowStore rows,
      ActorRef log,
      Executor io,
      LongFunction<History> historyUpTo,
      Retained retained) {
    this.retained = retained;
    this.context = context;
    this.host = host;
    this.address = address;
    this.attempt = attempt;
    this.rows = rows;
    this.log = log;
    this.io = io;
    this.historyUpTo = historyUpTo;
    this.times =
        new FlushTimes(
            host.settings().flushInterval(), address.group(), host.definition().keyGroups());
  }

  void durable(Commit commit) {
    commits.add(commit);
  }

  /** Returns what is not in rows yet, oldest first, whether it is complete or not. */
  List<Commit> unflushed() {
    return List.copyOf(commits);
  }

  /** These checkpoints may still be asked for. */
  void retain(Retained checkpoints) {
    retained = checkpoints;
  }

  /** Tells whether the rows still hold what counted at this checkpoint. For any thread. */
  boolean knows(long checkpoint) {
    return checkpoint >= forgottenBelow;
  }

  /** Commits up to here are part of a completed checkpoint. */
  void completed(long id) {
    long before = completedUpTo;
    completedUpTo = Math.max(completedUpTo, id);
    for (Commit commit : commits) {
      if (commit.id() > before && commit.id() <= completedUpTo) {
        completedBytes += commit.bytes();
      }
    }
    if (completedBytes >= host.settings().flushBytes() / host.definition().keyGroups()
        || host.unflushed().isOver()) {
      flush();
    } else if (completedBytes > 0) {
      schedule();
    }
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      context.scheduleOnce(times.next(), context.getSelf(), new Due(this));
    }
  }

  void due() {
    scheduled = false;
    flush();
  }

  /** Makes rows of what is complete, if that is not under way. */
  void flush() {
    List<Commit> completed =
        commits.stream().takeWhile(commit -> commit.id() <= completedUpTo).toList();
    if (flushing || completed.isEmpty()) {
      return;
    }
    flushing = true;
    completedBytes = 0;
    Commit last = completed.get(completed.size() - 1);
    Mark mark = new Mark(last.id(), last.sequenceNr());
    History history = historyUpTo.apply(completedUpTo);
    Retained wanted = retained;
    long oldest = wanted.oldest(last.id());
    forgottenBelow = Math.max(forgottenBelow, oldest);
    CompletableFuture<Void> flushed =
        CompletableFuture.supplyAsync(() -> rowsOf(completed, wanted), io)
            .thenCompose(
                versions ->
                    rows.flush(address, versions, mark, oldest, history).toCompletableFuture());
    context.pipeToSelf(
        flushed,
        (done, failure) ->
            failure == null ? new Flushed(this, completed) : new Journal.Broken(attempt, failure));
  }

  /**
   * Returns the newest version of every entry that the commits change, and those that were the
   * newest at a checkpoint that is retained.
   */
  private static List<Row> rowsOf(List<Commit> commits, Retained retained) {
    record Address(ByteBuffer key, EntryKey entry, long until) {}
    Map<Address, Row> newest = new HashMap<>();
    for (Commit commit : commits) {
      long until = retained.firstWith(commit.id());
      for (byte[] part : commit.parts()) {
        CommitFormat.decode(
            part,
            (key, entry, value) ->
                newest.put(
                    new Address(ByteBuffer.wrap(key), entry, until),
                    new Row(key, entry.bytes(), commit.id(), value)));
      }
    }
    return new ArrayList<>(newest.values());
  }

  void flushed(List<Commit> done) {
    flushing = false;
    for (Commit commit : done) {
      commits.remove(); // the flushed ones are the oldest
      if (commit.sequenceNr() == done.get(done.size() - 1).sequenceNr()) {
        break;
      }
    }
    log.tell(new EventLog.Trim(done.get(done.size() - 1).sequenceNr()), ActorRef.noSender());
    Commit next = commits.peek();
    if (next != null && next.id() <= completedUpTo) {
      if (host.unflushed().isOver()) {
        flush();
      } else {
        schedule();
      }
    }
  }
}
