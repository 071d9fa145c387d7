package dev.keyling.actors;

/** What a running key group does when it is told something that is not a batch. */
final class Orders {
  private Orders() {}

  static void give(GroupCommand command, RunningGroup group) {
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
    } else if (command instanceof GroupCommand.CallOperator call) {
      group.callOperator(call);
    } else if (command instanceof GroupCommand.View view) {
      group.view(view);
    } else if (command instanceof GroupCommand.Wake wake) {
      group.wake(wake);
    } else if (command instanceof GroupCommand.Internal internal) {
      group.internal(internal);
    }
  }
}
