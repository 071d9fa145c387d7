package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What one life of a key group holds in memory because it is not in rows yet. While that of its
 * step is over the limit, it asks for a checkpoint and holds answers back: whoever waits for them
 * sends less. No answer is held for long, because a checkpoint cannot pass a lane that waits for
 * one. Runs in the key group's thread.
 */
final class Backlog {
  /** What a change takes beside its bytes: the key, its entry, the objects around them. */
  private static final long CHANGE = 256;

  private static final Duration AT_MOST = Duration.ofSeconds(1);

  private final ActorContext<GroupCommand> context;
  private final Unflushed step;
  private final int group;
  private final Open open;
  private final boolean embedded;
  private final TreeMap<Long, Long> commits = new TreeMap<>();
  private final Deque<GroupOutput.Accepted> held = new ArrayDeque<>();
  private long pending;

  /** What of it the step has not been told yet. */
  private long untold;

  private boolean asked;
  private boolean scheduled;

  /** An answer may leave now, if there is not too much in memory. */
  record Answer(Backlog backlog, GroupOutput.Accepted answer) implements GroupCommand.Internal {}

  /** Answers have been held for long enough. */
  record LetGo(Backlog backlog) implements GroupCommand.Internal {}

  Backlog(ActorContext<GroupCommand> context, StepHost host, int group, Open open) {
    this.context = context;
    this.step = host.unflushed();
    this.group = group;
    this.open = open;
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
    step.add(-done.values().stream().mapToLong(bytes -> bytes).sum());
    done.clear();
    if (!step.isOver()) {
      letGo();
    }
  }

  /** A checkpoint is complete; another one can be asked for. */
  void completed() {
    asked = false;
  }

  boolean isOver() {
    return step.isOver();
  }

  /** Returns the answer as it has to be given: directly, or by way of the group. */
  GroupOutput.Accepted guarded(ActorRef<Object> to, Object message) {
    GroupOutput.Accepted answer = new GroupOutput.Accepted(to, message);
    return held.isEmpty() && !step.isOver()
        ? answer
        : new GroupOutput.Accepted(context.getSelf().unsafeUpcast(), new Answer(this, answer));
  }

  /** Gives an answer, now or later. */
  void give(GroupOutput.Accepted answer) {
    if (!step.isOver() && held.isEmpty()) {
      answer.tell();
      return;
    }
    held.add(answer);
    if (!scheduled) {
      scheduled = true;
      context.scheduleOnce(AT_MOST, context.getSelf(), new LetGo(this));
    }
    if (!asked && !embedded) {
      asked = true;
      open.replyTo().tell(new GroupEvent.Full(group, open.stamp().attempt()));
    }
  }

  /** Gives all answers that are held. */
  void letGo() {
    scheduled = false;
    held.forEach(GroupOutput.Accepted::tell);
    held.clear();
  }

  /** The life is over. */
  void end() {
    letGo();
    tell();
    step.add(-pending - commits.values().stream().mapToLong(bytes -> bytes).sum());
    pending = 0;
    commits.clear();
  }
}
