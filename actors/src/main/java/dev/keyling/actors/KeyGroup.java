package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A key group: the sharded entity. It owns its key actors, its timers, its journal and the changes
 * that are not in rows yet. Its life begins with {@link Open}; a later one begins another life,
 * with nothing of the first but what is stored. An embedded group opens itself.
 *
 * <p>Phases: waiting for {@code Open} (here), recovering ({@link Recovery}), running ({@link
 * RunningGroup}).
 */
public final class KeyGroup extends AbstractBehavior<GroupCommand> {
  private final StepHost host;
  private final GroupAddress address;
  private final Executor io;
  private final StashBuffer<GroupCommand> waiting;
  private @Nullable Open open;
  private @Nullable ActorRef log;
  private @Nullable RunningGroup running;
  private @Nullable Alarm alarm;
  private boolean reopening;
  private org.apache.pekko.actor.typed.@Nullable ActorRef<Done> closing;

  /** What the journal says, as the group's own message. */
  private record FromLog(Open life, Object message) implements GroupCommand.Internal {}

  private KeyGroup(
      ActorContext<GroupCommand> context,
      StashBuffer<GroupCommand> waiting,
      StepHost host,
      int group) {
    super(context);
    this.host = host;
    this.waiting = waiting;
    this.address =
        new GroupAddress(host.definition().dataflow(), host.definition().stepId(), group);
    this.io =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(host.settings().ioDispatcher()));
    if (host.commits() == Commits.BATCHES) {
      open(
          new Open(
              new Stamp(0, ThreadLocalRandom.current().nextLong(), 0),
              History.everything(),
              1,
              Long.MIN_VALUE,
              context.getSystem().ignoreRef()));
    }
  }

  /** Makes a key group of a step. */
  public static Behavior<GroupCommand> create(StepHost host, int group) {
    return Behaviors.withStash(
        host.settings().maxWaiting(),
        waiting -> Behaviors.setup(context -> new KeyGroup(context, waiting, host, group)));
  }

  @Override
  public Receive<GroupCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(Batch.class, this::onBatch)
        .onMessage(Work.Done.class, this::onWorkDone)
        .onMessage(GroupCommand.class, this::onOther)
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onStop())
        .build();
  }

  private Behavior<GroupCommand> onBatch(Batch batch) {
    if (running != null) {
      running.batch(batch);
      return afterwards();
    }
    return keep(batch, new IllegalStateException("key group " + address + " is recovering"));
  }

  private Behavior<GroupCommand> keep(GroupCommand command, Throwable otherwise) {
    if (host.commits() == Commits.BATCHES && !waiting.isFull()) {
      waiting.stash(command);
    } else if (command instanceof Batch batch) {
      batch
          .replyTo()
          .tell(new BatchReply.Refused(address.group(), batch.sequence(), otherwise));
    }
    return this;
  }

  private Behavior<GroupCommand> onWorkDone(Work.Done done) {
    if (running != null && done.work().owner == running) {
      running.done(done.work());
    }
    return afterwards();
  }

  private Behavior<GroupCommand> onOther(GroupCommand command) {
    if (command instanceof Open newer) {
      if (open == null || newer.stamp().attempt() > open.stamp().attempt()) {
        open(newer);
      }
    } else if (command instanceof GroupCommand.Close close) {
      closing = close.replyTo();
      return close();
    } else if (command instanceof FromLog fromLog) {
      if (fromLog.life() == open) {
        onLog(fromLog.message());
      }
    } else if (command instanceof Recovery.Found found) {
      return recovered(found);
    } else if (command instanceof Journal.Broken broken) {
      broken(broken.cause());
    } else if (running != null) {
      run(running, command);
    } else if (command instanceof GroupCommand.View || command instanceof GroupCommand.Wake) {
      return keep(command, new IllegalStateException("recovering"));
    }
    return afterwards();
  }

  private void run(RunningGroup group, GroupCommand command) {
    if (command instanceof GroupCommand.Start start) {
      group.start(start);
    } else if (command instanceof GroupCommand.Seal seal) {
      group.seal(seal);
    } else if (command instanceof GroupCommand.Complete complete) {
      group.complete(complete);
    } else if (command instanceof GroupCommand.AdvanceWatermark advance) {
      group.advanceWatermark(advance);
    } else if (command instanceof GroupCommand.FireTimers fire) {
      group.fireTimers(fire);
    } else if (command instanceof GroupCommand.EndInput end) {
      group.endInput(end);
    } else if (command instanceof GroupCommand.View view) {
      group.view(view);
    } else if (command instanceof GroupCommand.Wake wake) {
      group.wake(wake);
    } else if (command instanceof GroupCommand.Internal internal) {
      group.internal(internal);
    }
  }

  /** An embedded group that failed ends this life; the next message begins another. */
  private Behavior<GroupCommand> afterwards() {
    boolean over = host.commits() == Commits.BATCHES && running != null && running.hasFailed();
    return over ? Behaviors.stopped() : this;
  }

  private void open(Open newOpen) {
    open = newOpen;
    endLife();
    if (log != null) {
      reopening = true;
      getContext().stop(Adapter.toTyped(log)); // goes on in onTerminated
    } else {
      recover(newOpen);
    }
  }

  private void recover(Open opening) {
    if (host.commits() == Commits.NEVER) {
      getContext().getSelf().tell(new Recovery.Found(opening, List.of(), null, false, List.of()));
      return;
    }
    org.apache.pekko.actor.typed.ActorRef<GroupCommand> self = getContext().getSelf();
    ActorRef newLog =
        Adapter.actorOf(
            getContext(),
            EventLog.props(
                address.persistenceId(),
                message -> self.tell(new FromLog(opening, message))));
    Adapter.watch(getContext(), newLog);
    log = newLog;
  }

  private void onLog(Object message) {
    Open opening = Objects.requireNonNull(open);
    if (message instanceof EventLog.Recovered recovered) {
      Recovery recovery = new Recovery(host, address, opening);
      getContext()
          .pipeToSelf(
              CompletableFuture.supplyAsync(() -> recovery.find(recovered.events()), io),
              (found, failure) -> failure == null ? found : new Journal.Broken(failure));
    } else if (message instanceof EventLog.Appended appended && running != null) {
      running.memory().appended(appended);
    } else if (message instanceof EventLog.Broken broken) {
      broken(broken.cause());
    }
  }

  private Behavior<GroupCommand> recovered(Recovery.Found found) {
    Open opening = found.open();
    if (opening != open || running != null) {
      return this;
    }
    Memory memory = new Memory(getContext(), host, address, opening, io, log, opening.firstId() - 1);
    Keys keys =
        new Keys(
            getContext(), host, address, io, opening.stamp().attempt(), memory::history);
    keys.hasRows(found.hasRows());
    Recovery recovery = new Recovery(host, address, opening);
    try {
      List<Commit> commits = recovery.apply(found, keys);
      Alarm newAlarm = new Alarm(getContext(), host, recovery.timers(found, keys));
      long last = commits.isEmpty() ? Long.MIN_VALUE : commits.get(commits.size() - 1).id();
      memory.recovered(commits, Math.max(last, found.mark() == null ? last : found.mark().id()));
      alarm = newAlarm;
      running =
          new RunningGroup(getContext(), host, address, opening, keys, newAlarm, memory);
      newAlarm.set();
      opening
          .replyTo()
          .tell(
              new GroupEvent.Opened(
                  address.group(),
                  opening.stamp().incarnation(),
                  newAlarm.soonestEvent(),
                  getContext().getSelf()));
    } catch (RuntimeException e) {
      broken(e);
      return afterwards();
    }
    return waiting.unstashAll(this);
  }

  private void broken(Throwable cause) {
    Open opening = open;
    if (running != null) {
      running.fail(cause);
    } else if (opening != null) {
      opening
          .replyTo()
          .tell(new GroupEvent.Failed(address.group(), opening.stamp().attempt(), cause));
      refuseWaiting(cause);
    }
  }

  private void refuseWaiting(Throwable cause) {
    waiting.forEach(
        command -> {
          if (command instanceof Batch batch) {
            batch
                .replyTo()
                .tell(new BatchReply.Refused(address.group(), batch.sequence(), cause));
          }
        });
    waiting.clear();
  }

  private Behavior<GroupCommand> onTerminated(Terminated terminated) {
    if (log == null || !terminated.getRef().path().equals(log.path())) {
      return this;
    }
    log = null;
    Open opening = Objects.requireNonNull(open);
    if (closing != null) {
      return close();
    }
    if (reopening) {
      reopening = false;
      recover(opening);
      return this;
    }
    broken(new IllegalStateException("the journal of key group " + address + " has stopped"));
    return host.commits() == Commits.BATCHES ? Behaviors.stopped() : this;
  }

  private Behavior<GroupCommand> close() {
    endLife();
    if (log != null) {
      getContext().stop(Adapter.toTyped(log));
      return this;
    }
    if (closing != null) {
      closing.tell(Done.getInstance());
    }
    return Behaviors.stopped();
  }

  private void endLife() {
    if (running != null) {
      running.end();
      running = null;
    }
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  private Behavior<GroupCommand> onStop() {
    endLife();
    return this;
  }
}
