package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.persistence.GroupAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The way of a key group from {@link Open} to what {@link Recovery} finds: it sleeps until somebody
 * wants something of it, waits for its turn, and has its journal replayed. Runs in the key group's
 * thread.
 */
final class Awakening {
  private final ActorContext<GroupCommand> context;
  private final GroupAddress address;
  private final GroupLog log;
  private boolean isAsleep;
  private Recoveries.@Nullable Turn turn;

  /** What the journal says, as the group's own message. */
  record FromLog(Open life, Object message) implements GroupCommand.Internal {}

  /** It is this group's turn to recover. */
  record Recover(Open life) implements GroupCommand.Internal {}

  Awakening(ActorContext<GroupCommand> context, GroupAddress address, GroupLog log) {
    this.context = context;
    this.address = address;
    this.log = log;
  }

  /**
   * A life has begun. It is not recovered before somebody wants something: the recovery of some
   * groups would delay the finding of others, and all must be found before the first can do
   * anything.
   */
  void sleep() {
    isAsleep = true;
  }

  /** Somebody wants something; {@link Recover} or what was found follows. */
  void wake(StepHost host, Open life) {
    if (!isAsleep) {
      return;
    }
    isAsleep = false;
    ActorRef<GroupCommand> self = context.getSelf();
    if (host.commits() == Commits.NEVER) {
      self.tell(Recovery.Found.nothing(life));
    } else {
      turn = host.recoveries().ask(() -> self.tell(new Recover(life)));
    }
  }

  /** Has the journal replayed, unless the life has ended meanwhile. */
  void recover(Open life) {
    if (turn != null) {
      ActorRef<GroupCommand> self = context.getSelf();
      log.open(message -> self.tell(new FromLog(life, message)));
    }
  }

  /** Looks through what was replayed; {@link Recovery.Found} or a failure follows. */
  void replayed(StepHost host, Open life, EventLog.Recovered recovered) {
    Recovery recovery = new Recovery(host, address, life);
    Executor threads =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(host.settings().recoveryDispatcher()));
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> recovery.find(recovered.events()), threads),
        (found, failure) ->
            failure == null ? found : new Journal.Broken(life.stamp().attempt(), failure));
  }

  /** It has come to its end, good or bad. */
  void end() {
    if (turn != null) {
      turn.end();
      turn = null;
    }
  }
}
