package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.persistence.GroupAddress;

/**
 * What of the work of one life of a key group is in which commit. A commit ends when it is told to,
 * or when something comes that is behind its marker. Runs in the key group's thread.
 */
final class Epochs {
  private final GroupAddress address;
  private final Open open;
  private final Fence fence;
  private final Memory memory;
  private final NextCommit next;
  private final Ageing ageing;
  private final Keys keys;
  private final Answers answers;

  Epochs(
      GroupAddress address,
      Open open,
      Memory memory,
      NextCommit next,
      Ageing ageing,
      Keys keys,
      Answers answers) {
    this.address = address;
    this.open = open;
    this.fence = new Fence(address, open.stamp(), memory.isEmbedded());
    this.memory = memory;
    this.next = next;
    this.ageing = ageing;
    this.keys = keys;
    this.answers = answers;
  }

  /** Tells whether a command is of this life; if so, what was before its epoch is sealed. */
  boolean enters(Stamp stamp) {
    if (fence.isForeign(stamp)) {
      return false; // a zombie's; its attempt has ended
    }
    sealIfLater(stamp.epoch());
    return true;
  }

  /** Takes note of a batch that has entered. */
  void count(Batch batch) {
    fence.count(batch);
  }

  /** What a batch changed is in the next commit. */
  void merged(Batch batch) {
    fence.merged(batch);
  }

  private void sealIfLater(long epoch) {
    if (epoch > memory.sealedUpTo()) {
      ageing.look();
      next.seal(epoch);
      fence.cut();
      keys.sleepEmpty();
    }
  }

  void seal(GroupCommand.Seal command) {
    if (command.attempt() != open.stamp().attempt()) {
      return;
    }
    long id = command.id();
    sealIfLater(id);
    if (command.overtakes()) {
      answers.hold();
      command.replyTo().tell(new GroupEvent.Cut(address.group(), id, fence.atCut()));
    }
    memory.whenDurable(
        id,
        bytes ->
            command
                .replyTo()
                .tell(new GroupEvent.Committed(address.group(), id, bytes, memory.keys())));
  }

  /** The marker is on the home lanes: what was worked behind the cut may follow. */
  void passed(GroupCommand.MarkerPassed command) {
    if (command.attempt() == open.stamp().attempt()) {
      answers.letGo();
    }
  }

  void complete(GroupCommand.Complete command) {
    if (command.attempt() == open.stamp().attempt()) {
      memory.completed(command.id(), new Retained(command.retained()));
    }
  }
}
