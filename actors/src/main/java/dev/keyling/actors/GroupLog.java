package dev.keyling.actors;

import dev.keyling.actors.StepHost.Commits;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/** The journal of a key group as its child, which can be let go and taken up again. */
final class GroupLog {
  private final ActorContext<GroupCommand> context;
  private final String persistenceId;
  private final Commits commits;
  private @Nullable ActorRef log;

  GroupLog(ActorContext<GroupCommand> context, String persistenceId, Commits commits) {
    this.context = context;
    this.persistenceId = persistenceId;
    this.commits = commits;
  }

  /** Takes the journal up; what it says goes to the owner, in the journal's thread. */
  void open(Consumer<Object> owner) {
    Props props =
        commits == Commits.CHECKPOINTS
            ? EventLog.unsynced(persistenceId, owner)
            : EventLog.props(persistenceId, owner);
    ActorRef opened = Adapter.actorOf(context, props);
    Adapter.watch(context, opened);
    log = opened;
  }

  /** Returns the journal; null while none is open. */
  @Nullable ActorRef ref() {
    return log;
  }

  /** Lets go of the journal; its end is signalled. Tells whether there is one. */
  boolean stop() {
    if (log != null) {
      context.stop(Adapter.toTyped(log));
    }
    return log != null;
  }

  /** Tells whether it was the journal that has ended; it is let go of then. */
  boolean hasEnded(Terminated terminated) {
    boolean ended = log != null && terminated.getRef().path().equals(log.path());
    if (ended) {
      log = null;
    }
    return ended;
  }
}
