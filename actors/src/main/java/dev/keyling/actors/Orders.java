package dev.keyling.actors;

/** What a running key group does when it is told something. */
final class Orders {
  private Orders() {}

  static void give(GroupCommand command, RunningGroup group) {
    if (command instanceof Batch batch) {
      group.batch(batch);
    } else if (command instanceof GroupCommand.Start start) {
      group.start(start);
    } else if (command instanceof GroupCommand.OfCheckpoint mark) {
      group.mark(mark);
      if (mark instanceof GroupCommand.Seal seal) {
        group.keys().listeners().sayIfAny(seal.replyTo());
      }
    } else if (command instanceof GroupCommand.AdvanceWatermark advance) {
      group.advanceWatermark(advance);
    } else if (command instanceof GroupCommand.FireTimers fire) {
      group.fireTimers(fire);
    } else if (command instanceof GroupCommand.EndInput end) {
      group.endInput(end);
    } else if (command instanceof GroupCommand.CallOperator call) {
      callOperator(call, group);
    } else if (command instanceof GroupCommand.TellKeys tell) {
      tellKeys(tell, group);
    } else if (command instanceof GroupCommand.View view) {
      group.view(view);
    } else if (command instanceof GroupCommand.ViewAsOf view) {
      group.memory().past(view.checkpoint()).show(view, group.keys());
    } else if (command instanceof GroupCommand.Save save) {
      group.memory().past(save.checkpoint()).save(save);
    } else if (command instanceof GroupCommand.Wake wake) {
      group.wake(wake);
    } else if (command instanceof GroupCommand.Internal internal) {
      heed(internal, group);
    }
  }

  private static void callOperator(GroupCommand.CallOperator command, RunningGroup group) {
    if (group.enters(command.stamp())) {
      group.turn(group.keys().partition(), new OperatorTurn(command.call()), command.replyTo());
    }
  }

  private static void tellKeys(GroupCommand.TellKeys command, RunningGroup group) {
    if (group.enters(command.stamp())) {
      group.turn(
          group.keys().listeners().awake(),
          (cell, out) -> cell.call(command.call(), out),
          command.replyTo());
    }
  }

  /** Handles what the group told itself. */
  private static void heed(GroupCommand.Internal message, RunningGroup group) {
    Memory memory = group.memory();
    if (message instanceof Keys.ImagesRead read && read.keys() == group.keys()) {
      group.keys().imagesRead(read).forEach(group::done);
    } else if (message instanceof Journal.Encoded encoded) {
      memory.encoded(encoded);
    } else if (message instanceof Flusher.Due due) {
      memory.flushDue(due);
    } else if (message instanceof Flusher.Flushed flushed && memory.flushed(flushed)) {
      group.keys().inRows(flushed.commits());
    } else if (message instanceof Memory.KeysRead read && read.memory() == memory) {
      read.pass().read(read.keys());
    } else if (message instanceof EveryKey.GoOn next && next.pass().isOf(group)) {
      next.pass().goOn();
    } else if (message instanceof Broadcasts.GoOn next && next.broadcasts().isOf(group)) {
      next.broadcasts().goOn();
    } else if (message instanceof Backlog.Answer answer) {
      answer.backlog().give(answer.answer());
    } else if (message instanceof Backlog.Look look) {
      look.backlog().look();
    } else if (message instanceof Alarm.Rings) {
      group.alarmRang();
    }
  }
}
