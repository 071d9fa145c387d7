package dev.keyling.actors;

import dev.keyling.KeyView;
import dev.keyling.kernel.BroadcastView;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyedUpdate;
import dev.keyling.kernel.Outputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/**
 * What a key group has been asked to do and has parted among its keys. If the last key that is
 * through has a thread of its own, it tells the group; the countdown also publishes what the keys
 * wrote into their slots.
 */
abstract sealed class Work {
  final RunningGroup owner;
  final long epoch;

  /** The watermark, without the end of input: by it entries expire. */
  final long eventTime;

  final List<KeySlot> slots = new ArrayList<>();

  /** Takes the outputs of keys in the key group's thread, one after the other. */
  final Outputs outputs = new Outputs();

  boolean done;

  /** What the keys see of the broadcast states. */
  BroadcastView view = BroadcastView.EMPTY;

  private final ActorRef<GroupCommand> group;
  private final AtomicInteger remaining = new AtomicInteger();

  /** All keys are through. */
  record Done(Work work) implements GroupCommand.Internal {}

  private Work(RunningGroup owner, ActorRef<GroupCommand> group, long epoch) {
    this.owner = owner;
    this.group = group;
    this.epoch = epoch;
    this.eventTime = owner.eventTime();
  }

  /** Runs one key's turns, in the key's thread. */
  abstract void turns(KeyCell<Object, Object, Object> cell, KeySlot slot);

  KeySlot slot(KeyEntry entry) {
    KeySlot slot = new KeySlot(entry, this);
    slots.add(slot);
    return slot;
  }

  /** To be called when all slots are there and before the first is sent. */
  void arm() {
    remaining.set(slots.size());
  }

  /** So many keys are through, in the key group's thread; tells whether these were the last. */
  final boolean countDown(int keys) {
    return remaining.addAndGet(-keys) == 0;
  }

  /** A key is through, in a thread of its own. */
  final void countDown() {
    if (countDown(1)) {
      group.tell(new Done(this));
    }
  }

  /** The elements of a batch, grouped by key. */
  static final class OfBatch extends Work {
    final Batch batch;
    private final int[] next;
    private final long watermark;

    /** Per element, where its outputs end; only an embedded step asks. */
    final int @Nullable [] ends;

    final @Nullable Throwable @Nullable [] failures;

    OfBatch(RunningGroup owner, ActorRef<GroupCommand> group, Batch batch, long watermark) {
      super(owner, group, batch.stamp().epoch());
      this.batch = batch;
      this.watermark = watermark;
      int size = batch.elements().size();
      this.next = new int[size];
      Arrays.fill(next, -1);
      boolean perElement = owner.isEmbedded();
      this.ends = perElement ? new int[size] : null;
      this.failures = perElement ? new Throwable[size] : null;
    }

    void add(KeyEntry entry, int element) {
      KeySlot slot = entry.slotIn(this);
      if (slot.first < 0) {
        slot.first = element;
      } else {
        next[slot.last] = element;
      }
      slot.last = element;
    }

    int nextOf(int element) {
      return next[element];
    }

    /** Returns where an element's outputs end; 0 if it was not reached. */
    int end(int element) {
      return ends == null ? 0 : ends[element];
    }

    @Nullable Throwable failure(int element) {
      return failures == null ? null : failures[element];
    }

    @Override
    void turns(KeyCell<Object, Object, Object> cell, KeySlot slot) {
      Elements elements = batch.elements();
      if (cell.hooks().together() && ends == null) {
        cell.elements(valuesOf(slot), elements.timestamp(slot.last), watermark, slot.outputs);
        return;
      }
      for (int i = slot.first; i >= 0; i = next[i]) {
        if (ends == null || failures == null) {
          cell.element(elements.value(i), elements.timestamp(i), watermark, slot.outputs);
        } else {
          try {
            cell.element(elements.value(i), elements.timestamp(i), watermark, slot.outputs);
          } catch (RuntimeException e) { // fails this element alone; the key goes on
            failures[i] = e;
          }
          ends[i] = slot.outputs.size();
        }
      }
    }

    private List<Object> valuesOf(KeySlot slot) {
      List<Object> values = new ArrayList<>();
      for (int i = slot.first; i >= 0; i = next[i]) {
        values.add(batch.elements().value(i));
      }
      return Collections.unmodifiableList(values);
    }
  }

  /** Broadcast elements, a turn each of the group's own key; up to one that asks for updates. */
  static final class OfBroadcast extends Work {
    private final @Nullable Batch batch;
    private final long watermark;
    int next;
    List<KeyedUpdate<?>> updates = List.of();

    /** What the group's own key holds; only if there was no batch, but this question. */
    @Nullable Image image;

    OfBroadcast(
        RunningGroup owner,
        ActorRef<GroupCommand> group,
        long epoch,
        @Nullable Batch batch,
        int from,
        long watermark) {
      super(owner, group, epoch);
      this.batch = batch;
      this.next = from;
      this.watermark = watermark;
    }

    @Override
    void turns(KeyCell<Object, Object, Object> cell, KeySlot slot) {
      if (batch == null) {
        image = cell.image();
        return;
      }
      Elements elements = batch.elements();
      while (next < elements.size() && updates.isEmpty()) {
        int element = next++;
        cell.element(elements.value(element), elements.timestamp(element), watermark, slot.outputs);
        updates = cell.takeUpdates();
      }
    }

    List<Delta> deltas() {
      return slots.get(0).deltas;
    }
  }

  /** Somebody wants to see a key. */
  static final class OfView extends Work {
    final GroupCommand.View view;
    @Nullable KeyView seen;

    OfView(RunningGroup owner, ActorRef<GroupCommand> group, long epoch, GroupCommand.View view) {
      super(owner, group, epoch);
      this.view = view;
    }

    @Override
    void turns(KeyCell<Object, Object, Object> cell, KeySlot slot) {
      seen = cell.view();
    }

    void answer(@Nullable Throwable failure) {
      view.replyTo()
          .tell(
              seen != null
                  ? StatusReply.success(seen)
                  : StatusReply.error(Objects.requireNonNull(failure)));
    }
  }

  /** Timers that are due, or the end of input. */
  static final class OfTurn extends Work {
    final ActorRef<GroupEvent> replyTo;
    private final KeyTurn turn;

    OfTurn(
        RunningGroup owner,
        ActorRef<GroupCommand> group,
        long epoch,
        KeyTurn turn,
        ActorRef<GroupEvent> replyTo) {
      super(owner, group, epoch);
      this.turn = turn;
      this.replyTo = replyTo;
    }

    /** What happens to each key. */
    interface KeyTurn {
      void run(KeyCell<Object, Object, Object> cell, Outputs out);

      /** Returns what is answered when all keys are through. */
      default GroupEvent done(int group, long soonest) {
        return new GroupEvent.TurnDone(group, soonest);
      }
    }

    /** Returns the pass over all keys that this is a step of; null if it is none. */
    @Nullable EveryKey pass() {
      return turn instanceof EveryKey pass ? pass : null;
    }

    /** Returns what is answered now that all keys are through. */
    GroupEvent done(int group, long soonest) {
      return turn.done(group, soonest);
    }

    @Override
    void turns(KeyCell<Object, Object, Object> cell, KeySlot slot) {
      turn.run(cell, slot.outputs);
      slot.awaitsEndOfInput = cell.hooks().endOfInput();
    }
  }
}
