package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.time.TimeDomain;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Third phase of a key group: it has recovered and works. Parts batches among its keys, merges what
 * the keys changed in the order in which the work came, sends the outputs on, seals commits. Runs
 * in the key group's thread.
 */
final class RunningGroup {
  private final ActorContext<GroupCommand> context;
  private final StepHost host;
  private final GroupAddress address;
  private final Open open;
  private final Keys keys;
  private final Alarm alarm;
  private final Memory memory;
  private final Answers answers;
  private final Epochs epochs;
  private final NextCommit next;
  private final Works works;
  private final @Nullable Broadcasts broadcasts;
  private final Ageing ageing;
  private boolean started;
  private boolean failed;

  RunningGroup(
      ActorContext<GroupCommand> context,
      StepHost host,
      GroupAddress address,
      Open open,
      Keys keys,
      Alarm alarm,
      Memory memory) {
    this.context = context;
    this.host = host;
    this.address = address;
    this.open = open;
    this.keys = keys;
    this.alarm = alarm;
    this.memory = memory;
    this.answers = new Answers(address.group(), open, memory);
    this.next = new NextCommit(memory, host.commits(), open.watermark());
    this.works = new Works(this, keys, next, alarm);
    this.broadcasts =
        host.definition().hasBroadcast()
            ? new Broadcasts(this, context, keys, memory, next, works)
            : null;
    this.ageing = new Ageing(this, context, host, address, open, keys, next, memory.aged());
    this.epochs = new Epochs(address, open, memory, next, ageing, keys, answers);
    if (isEmbedded()) {
      ageing.look(); // others are told of their start
    }
  }

  boolean isEmbedded() {
    return host.commits() == Commits.BATCHES;
  }

  long eventTime() {
    return next.eventTime();
  }

  /** Tells whether a command is of this life; if so, what was before its epoch is sealed. */
  boolean enters(Stamp stamp) {
    return !failed && epochs.enters(stamp);
  }

  /** Does what it is told, now or when broadcast elements before it are through. */
  void take(GroupCommand command) {
    if (broadcasts == null || !broadcasts.keeps(command)) {
      Orders.give(command, this);
    }
  }

  void batch(Batch batch) {
    if (!enters(batch.stamp())) {
      return;
    }
    epochs.count(batch);
    if (!isEmbedded()) {
      next.advance(batch.watermark());
    }
    if (broadcasts != null && batch.elements().isBroadcast()) {
      broadcasts.begin(batch);
      return;
    }
    Work.OfBatch work = new Work.OfBatch(this, context.getSelf(), batch, next.watermark());
    Elements elements = batch.elements();
    for (int i = 0; i < elements.size(); i++) {
      work.add(keys.entry(Objects.requireNonNull(elements.key(i))), i);
    }
    start(work);
  }

  void advanceWatermark(GroupCommand.AdvanceWatermark command) {
    if (!enters(command.stamp())) {
      return;
    }
    next.advance(command.watermark());
    long to = next.watermark();
    turn(
        alarm.due(TimeDomain.EVENT_TIME, to),
        (cell, out) -> cell.advanceWatermark(to, out),
        command.replyTo());
  }

  void fireTimers(GroupCommand.FireTimers command) {
    if (!enters(command.stamp())) {
      return;
    }
    ageing.run(() -> fireProcessingTimers(command.replyTo()));
  }

  private void fireProcessingTimers(ActorRef<GroupEvent> replyTo) {
    long now = host.clock().millis();
    long current = next.watermark();
    turn(
        alarm.due(TimeDomain.PROCESSING_TIME, now),
        (cell, out) -> cell.advanceProcessingTime(now, current, out),
        replyTo);
  }

  /** Runs something on each of the given keys, as one piece of work. */
  void turn(List<byte[]> due, Work.OfTurn.KeyTurn turn, ActorRef<GroupEvent> replyTo) {
    Work.OfTurn work = new Work.OfTurn(this, context.getSelf(), memory.sealedUpTo(), turn, replyTo);
    for (byte[] key : due) {
      keys.entryOfBytes(key).slotIn(work);
    }
    start(work);
  }

  void endInput(GroupCommand.EndInput command) {
    if (!enters(command.stamp())) {
      return;
    }
    next.advance(Long.MAX_VALUE);
    begin(EveryKey.endOfInput(this, command.replyTo()));
  }

  void begin(EveryKey pass) {
    pass.begin(memory.allKeys(keys), Math.min(EveryKey.STEP, keys.awake().max()));
  }

  void answer(Batch broadcast) {
    answers.broadcast(broadcast, alarm.soonestEvent());
  }

  void view(GroupCommand.View view) {
    Work.OfView work = new Work.OfView(this, context.getSelf(), memory.sealedUpTo(), view);
    keys.entry(view.key()).slotIn(work);
    start(work);
  }

  void start(Work work) {
    work.view = broadcasts == null ? work.view : broadcasts.view();
    works.start(work);
  }

  void done(Work work) {
    works.done(work);
    if (broadcasts != null && !failed) {
      broadcasts.letGo();
    }
  }

  /** What the keys changed is taken over; the outputs go on. */
  void merged(Work work, @Nullable Throwable failure) {
    if (failure != null && !isEmbedded() && !(work instanceof Work.OfView)) {
      fail(failure);
      return;
    }
    if (isEmbedded()) {
      ageing.look();
      next.sealChanges();
    }
    answer(work, failure);
    keys.rest();
    alarm.set();
  }

  private void answer(Work work, @Nullable Throwable failure) {
    int ports = host.definition().ports();
    if (work instanceof Work.OfBatch batch) {
      epochs.merged(batch.batch);
      answers.batch(batch, alarm.soonestEvent(), ports);
    } else if (work instanceof Work.OfTurn turn) {
      EveryKey pass = turn.pass();
      if (failure != null && pass == null) {
        alarm.postpone();
        context.getLog().error("{}: a timer failed; it is tried again", address, failure);
      }
      if (pass != null && !pass.stepDone(turn, failure)) {
        answers.step(turn, ports, context.getSelf(), new EveryKey.GoOn(pass));
      } else {
        answers.turn(turn, alarm.soonestEvent(), ports);
      }
    } else if (work instanceof Work.OfBroadcast broadcast && broadcasts != null) {
      if (broadcasts.done(broadcast)) {
        answers.step(broadcast, ports, context.getSelf(), new Broadcasts.GoOn(broadcasts));
      }
    } else if (work instanceof Work.OfView view) {
      view.answer(failure);
    }
  }

  /** Takes what it is told of checkpoints. */
  void mark(GroupCommand.OfCheckpoint command) {
    if (failed) {
      return;
    }
    if (command instanceof GroupCommand.Seal seal) {
      epochs.seal(seal);
    } else if (command instanceof GroupCommand.MarkerPassed passed) {
      epochs.passed(passed);
    } else if (command instanceof GroupCommand.Complete complete) {
      epochs.complete(complete);
    }
  }

  /** The clock may have reached a timer. Before the start nobody would hear of it. */
  void alarmRang() {
    if (alarm.rang() && !failed) {
      if (isEmbedded()) {
        fireProcessingTimers(context.getSystem().ignoreRef());
      } else if (started) {
        open.replyTo().tell(new GroupEvent.TimersDue(address.group(), open.stamp().attempt()));
      }
    }
  }

  void start(GroupCommand.Start command) {
    if (command.attempt() == open.stamp().attempt()) {
      answers.homeIs(command.home());
      started = true;
      alarm.set();
      ageing.look();
      if (broadcasts != null) {
        broadcasts.open();
      }
    }
  }

  void wake(GroupCommand.Wake wake) {
    if (wake.timerOutputs() != null) {
      answers.timerOutputsTo(wake.timerOutputs());
    }
  }

  /** Nothing that this life does counts any more. */
  void fail(Throwable cause) {
    if (!failed) {
      failed = true;
      answers.refuse(cause);
      works.refuse(answers, cause);
      open.replyTo().tell(new GroupEvent.Failed(address.group(), open.stamp().attempt(), cause));
    }
  }

  boolean hasFailed() {
    return failed;
  }

  void end() {
    alarm.cancel();
    keys.awake().stopAll();
  }

  Memory memory() {
    return memory;
  }

  Keys keys() {
    return keys;
  }
}
