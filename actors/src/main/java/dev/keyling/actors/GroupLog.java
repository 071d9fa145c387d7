package dev.keyling.actors;

import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/** The journal of a key group as its child, which can be let go and taken up again. */
final class GroupLog {
  private final ActorContext<GroupCommand> context;
  private final String persistenceId;
  private @Nullable ActorRef log;

  GroupLog(ActorContext<GroupCommand> context, String persistenceId) {
    this.context = context;
    this.persistenceId = persistenceId;
  }

  /** Takes the journal up; what it says goes to the owner, in the journal's thread. */
  void open(Consumer<Object> owner) {
    ActorRef opened = Adapter.actorOf(context, EventLog.props(persistenceId, owner));
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
