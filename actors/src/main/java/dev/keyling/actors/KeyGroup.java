package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.persistence.GroupAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.pattern.StatusReply;
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
  private final Supplier<StepHost> program;
  private final GroupAddress address;
  private final StashBuffer<GroupCommand> waiting;
  private final List<org.apache.pekko.actor.typed.ActorRef<Done>> closing = new ArrayList<>();
  private final GroupLog log;
  private final Awakening awakening;
  private StepHost host;
  private @Nullable Open open;
  private @Nullable RunningGroup running;
  private boolean reopening;
  private boolean isClosing;
  private boolean isBroken;

  private KeyGroup(
      ActorContext<GroupCommand> context,
      StashBuffer<GroupCommand> waiting,
      Supplier<StepHost> program,
      int group) {
    super(context);
    this.program = program;
    this.host = program.get();
    this.waiting = waiting;
    this.address =
        new GroupAddress(host.definition().dataflow(), host.definition().stepId(), group);
    this.log = new GroupLog(context, address.persistenceId(), host.commits());
    this.awakening = new Awakening(context, address, log);
    if (host.commits() == Commits.BATCHES) {
      open(Open.embedded(context.getSystem().ignoreRef()));
    }
  }

  /**
   * Makes a key group of a step.
   *
   * @param program what it runs; asked anew when a life begins
   */
  public static Behavior<GroupCommand> create(Supplier<StepHost> program, int group) {
    StepHost host = program.get();
    return Behaviors.withStash(
        // what lanes send is bounded by what may be under way in them
        host.commits() == Commits.BATCHES ? host.settings().maxWaiting() : Integer.MAX_VALUE,
        waiting -> Behaviors.setup(context -> new KeyGroup(context, waiting, program, group)));
  }

  @Override
  public Receive<GroupCommand> createReceive() {
    return newReceiveBuilder()
        .onMessage(Batch.class, batch -> guarded(() -> onBatch(batch)))
        .onMessage(Work.Done.class, done -> guarded(() -> onWorkDone(done)))
        .onMessage(GroupCommand.class, command -> guarded(() -> onOther(command)))
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onStop())
        .build();
  }

  /** What is thrown here ends the life with its cause, and not the actor without a word. */
  private Behavior<GroupCommand> guarded(Supplier<Behavior<GroupCommand>> handling) {
    try {
      return handling.get();
    } catch (RuntimeException | Error e) {
      broken(e);
      return afterwards();
    }
  }

  private Behavior<GroupCommand> onBatch(Batch batch) {
    if (running != null) {
      running.take(batch);
      return afterwards();
    }
    return keep(batch);
  }

  /** Has a command wait until the group has recovered, if it is in a life. */
  private Behavior<GroupCommand> keep(GroupCommand command) {
    if (open == null || isBroken) {
      refuse(command, new IllegalStateException("key group " + address + " is not open"));
    } else if (waiting.isFull()) {
      refuse(command, new IllegalStateException("key group " + address + " is recovering"));
    } else {
      waiting.stash(command);
      wake();
    }
    return this;
  }

  private void refuse(GroupCommand command, Throwable cause) {
    if (command instanceof Batch batch) {
      batch.replyTo().tell(new BatchReply.Refused(address.group(), batch.sequence(), cause));
    } else if (command instanceof GroupCommand.Look look) {
      look.replyTo().tell(StatusReply.error(cause));
    }
  }

  private Behavior<GroupCommand> onWorkDone(Work.Done done) {
    if (running != null && done.work().owner == running) {
      running.done(done.work());
    }
    return afterwards();
  }

  private Behavior<GroupCommand> onOther(GroupCommand command) {
    if (command instanceof Open newer) {
      if (open == null || isNewer(newer.stamp(), open.stamp())) {
        open(newer);
      }
    } else if (command instanceof GroupCommand.Close close) {
      closing.add(close.replyTo());
      isClosing = true;
      return close();
    } else if (command instanceof Awakening.Recover recover) {
      if (recover.life() == open) {
        awakening.recover(recover.life());
      }
    } else if (command instanceof Awakening.FromLog fromLog) {
      if (fromLog.life() == open) {
        onLog(fromLog.message());
      }
    } else if (command instanceof Recovery.Found found) {
      return recovered(found);
    } else if (command instanceof Journal.Broken broken) {
      if (open != null && broken.attempt() == open.stamp().attempt()) {
        broken(broken.cause());
      }
    } else if (running != null) {
      running.take(command);
    } else if (!(command instanceof GroupCommand.Internal)) {
      return keep(command);
    }
    return afterwards();
  }

  /** Where nothing is stored, attempts are not counted on from run to run. */
  private boolean isNewer(Stamp stamp, Stamp than) {
    return stamp.attempt() > than.attempt()
        || (host.commits() == Commits.NEVER && stamp.incarnation() != than.incarnation());
  }

  /** An embedded group that failed ends this life; the next message begins another. */
  private Behavior<GroupCommand> afterwards() {
    boolean over = isBroken || (running != null && running.hasFailed());
    return over && host.commits() == Commits.BATCHES ? Behaviors.stopped() : this;
  }

  private void open(Open newOpen) {
    open = newOpen;
    host = program.get();
    isBroken = false;
    endLife();
    refuseWaiting(new IllegalStateException("key group " + address + " was opened anew"));
    newOpen
        .replyTo()
        .tell(
            new GroupEvent.Opened(
                address.group(), newOpen.stamp().incarnation(), getContext().getSelf()));
    awakening.sleep();
    reopening = log.stop(); // goes on in onTerminated
    if (host.commits() == Commits.BATCHES) {
      wake(); // it may have timers
    }
  }

  private void wake() {
    if (!reopening) {
      awakening.wake(host, Objects.requireNonNull(open));
    }
  }

  private void onLog(Object message) {
    Open opening = Objects.requireNonNull(open);
    if (message instanceof EventLog.Recovered recovered) {
      awakening.replayed(host, opening, recovered);
    } else if (message instanceof EventLog.Appended appended && running != null) {
      running.memory().appended(appended);
    } else if (message instanceof EventLog.Broken broken) {
      broken(broken.cause());
    }
  }

  private Behavior<GroupCommand> recovered(Recovery.Found found) {
    Open opening = found.open();
    if (opening != open || running != null || isBroken) {
      return this;
    }
    awakening.end();
    Executor io =
        getContext()
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(host.settings().ioDispatcher()));
    Memory memory =
        new Memory(getContext(), host, address, opening, io, log.ref(), opening.firstId() - 1);
    Keys keys =
        new Keys(getContext(), host, address, io, opening.stamp().attempt(), memory::history);
    keys.recovered(found.hasRows(), found.filter(), found.tail());
    Recovery recovery = new Recovery(host, address, opening);
    try {
      Alarm alarm = new Alarm(getContext(), host, recovery.timers(found, keys));
      memory.recovered(found.commits(), found.newest(), recovery.aged(found, keys));
      running = new RunningGroup(getContext(), host, address, opening, keys, alarm, memory);
      alarm.set();
    } catch (RuntimeException e) {
      broken(e);
      return afterwards();
    }
    return waiting.unstashAll(this);
  }

  private void broken(Throwable cause) {
    isBroken = true;
    awakening.end();
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
    waiting.forEach(command -> refuse(command, cause));
    waiting.clear();
  }

  private Behavior<GroupCommand> onTerminated(Terminated terminated) {
    if (!log.hasEnded(terminated)) {
      return this;
    }
    Open opening = Objects.requireNonNull(open);
    if (isClosing) {
      return close();
    }
    if (reopening) {
      reopening = false;
      if (!waiting.isEmpty()) {
        wake();
      }
      return this;
    }
    broken(new IllegalStateException("the journal of key group " + address + " has stopped"));
    return afterwards();
  }

  private Behavior<GroupCommand> close() {
    endLife();
    return log.stop() ? this : Behaviors.stopped();
  }

  private void endLife() {
    awakening.end();
    if (running != null) {
      running.end();
      running.memory().backlog().end();
      running = null;
    }
  }

  /** Comes when the key actors have stopped too. */
  private Behavior<GroupCommand> onStop() {
    endLife();
    closing.forEach(asking -> asking.tell(Done.getInstance()));
    return this;
  }
}
