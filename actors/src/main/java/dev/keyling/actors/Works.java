package dev.keyling.actors;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The work of a key group that is under way, oldest first: what the keys changed is merged in the
 * order in which the work came. Runs in the key group's thread.
 */
final class Works {
  private final RunningGroup group;
  private final Keys keys;
  private final NextCommit next;
  private final Alarm alarm;
  private final Deque<Work> works = new ArrayDeque<>();

  Works(RunningGroup group, Keys keys, NextCommit next, Alarm alarm) {
    this.group = group;
    this.keys = keys;
    this.next = next;
    this.alarm = alarm;
  }

  boolean isEmpty() {
    return works.isEmpty();
  }

  void start(Work work) {
    works.add(work);
    if (keys.dispatch(work)) {
      group.done(work);
    }
  }

  /** A piece of work is through; it and what waited for it are merged. */
  void done(Work work) {
    work.done = true;
    while (!group.hasFailed() && works.peek() != null && works.element().done) {
      Work oldest = works.remove();
      group.merged(oldest, merge(oldest));
    }
  }

  /** Returns the first failure. */
  private @Nullable Throwable merge(Work work) {
    Throwable failure = null;
    for (KeySlot slot : work.slots) {
      KeyEntry entry = slot.entry;
      entry.release();
      entry.empty = slot.empty;
      if (slot.listens) {
        keys.listeners().add(entry);
      }
      if (slot.empty) {
        keys.emptied(entry);
      }
      next.take(entry, slot.deltas);
      if (slot.failure == null) {
        alarm.move(entry, slot);
      } else if (failure == null) {
        failure = slot.failure;
      }
    }
    return failure;
  }

  void refuse(Answers answers, Throwable cause) {
    works.forEach(work -> answers.refuse(work, cause));
  }
}
