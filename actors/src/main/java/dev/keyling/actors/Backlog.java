package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What one life of a key group holds in memory because it is not in rows yet. While that of its
 * step is over the limit, it asks for a checkpoint and holds answers back: whoever waits for them
 * sends less. A checkpoint cannot pass a lane that waits for an answer: so an answer is held for
 * long only while what is complete already becomes rows. Runs in the key group's thread.
 */
final class Backlog {
  /** What a change takes beside its bytes: the key, its entry, the objects around them. */
  private static final long CHANGE = 256;

  private static final Duration LOOK = Duration.ofMillis(100);

  /** Looks after which answers go if nothing is being flushed. */
  private static final int PATIENCE = 10;

  /** Looks after which they go in any case. */
  private static final int AT_MOST = 100;

  private final ActorContext<GroupCommand> context;
  private final Unflushed step;
  private final int group;
  private final Open open;
  private final boolean embedded;
  private final Runnable flush;
  private final TreeMap<Long, Long> commits = new TreeMap<>();
  private final Deque<GroupOutput.Accepted> held = new ArrayDeque<>();
  private long pending;

  /** What of it the step has not been told yet. */
  private long untold;

  private boolean asked;
  private boolean scheduled;
  private int looks;
  private long completedUpTo = Long.MIN_VALUE;
  private long completedBytes;

  /** An answer may leave now, if there is not too much in memory. */
  record Answer(Backlog backlog, GroupOutput.Accepted answer) implements GroupCommand.Internal {}

  /** It is time to look whether the answers that are held may go. */
  record Look(Backlog backlog) implements GroupCommand.Internal {}

  /**
   * @param flush makes rows of what this group has complete
   */
  Backlog(ActorContext<GroupCommand> context, StepHost host, int group, Open open, Runnable flush) {
    this.context = context;
    this.step = host.unflushed();
    this.group = group;
    this.open = open;
    this.flush = flush;
    this.embedded = host.commits() == StepHost.Commits.BATCHES;
  }

  /** A key has so many more changes that no commit has taken yet. */
  void changed(int changes) {
    pending += changes * CHANGE;
    untold += changes * CHANGE;
    if (untold >= step.portion()) {
      tell();
    }
  }

  private void tell() {
    step.add(untold);
    untold = 0;
  }

  void sealed(long id) {
    tell();
    commits.merge(id, pending, Long::sum);
    pending = 0;
  }

  /** A commit has been encoded: its bytes are kept until they are rows, beside the values. */
  void encoded(long id, long bytes) {
    commits.merge(id, 2 * bytes, Long::sum);
    step.add(2 * bytes);
  }

  /** What was committed up to here is in rows, and forgotten. */
  void inRows(long id) {
    var done = commits.headMap(id, true);
    long bytes = sum(done.values());
    done.clear();
    step.add(-bytes);
    complete(-bytes);
    if (!step.isOver()) {
      letGo();
    }
  }

  /** A checkpoint is complete; another one can be asked for. */
  void completed(long id) {
    asked = false;
    if (id > completedUpTo) {
      complete(sum(commits.subMap(completedUpTo, false, id, true).values()));
      completedUpTo = id;
    }
  }

  private void complete(long more) {
    completedBytes += more;
    step.completed(more);
  }

  private static long sum(Collection<Long> bytes) {
    return bytes.stream().mapToLong(each -> each).sum();
  }

  private boolean mayAnswer() {
    return held.isEmpty() && !step.isOver();
  }

  /** Returns the answer as it has to be given: directly, or by way of the group. */
  GroupOutput.Accepted guarded(ActorRef<Object> to, Object message) {
    GroupOutput.Accepted answer = new GroupOutput.Accepted(to, message);
    return mayAnswer()
        ? answer
        : new GroupOutput.Accepted(context.getSelf().unsafeUpcast(), new Answer(this, answer));
  }

  /** Gives an answer, now or later. */
  void give(GroupOutput.Accepted answer) {
    if (mayAnswer()) {
      answer.tell();
      return;
    }
    held.add(answer);
    schedule();
    if (!asked && !embedded) {
      asked = true;
      open.replyTo().tell(new GroupEvent.Full(group, open.stamp().attempt()));
    }
    flush.run();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      context.scheduleOnce(LOOK, context.getSelf(), new Look(this));
    }
  }

  /** Gives the answers that are held, if it is time to. */
  void look() {
    scheduled = false;
    looks++;
    if (!step.isOver() || looks >= (step.isBeingFlushed() ? AT_MOST : PATIENCE)) {
      letGo();
    } else {
      schedule();
    }
  }

  private void letGo() {
    looks = 0;
    held.forEach(GroupOutput.Accepted::tell);
    held.clear();
  }

  /** The life is over. */
  void end() {
    letGo();
    tell();
    step.add(-pending - sum(commits.values()));
    complete(-completedBytes);
    pending = 0;
    commits.clear();
  }
}
