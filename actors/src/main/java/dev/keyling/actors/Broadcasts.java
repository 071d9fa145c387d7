package dev.keyling.actors;

import dev.keyling.kernel.BroadcastView;
import dev.keyling.kernel.GroupKey;
import dev.keyling.kernel.KeyedUpdate;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The broadcast elements of a key group, which nothing overtakes: a batch of them begins when all
 * work before it is merged; each element is a turn of the group's own key, then a turn of every key
 * that it asked for; what comes meanwhile waits here. Runs in the key group's thread.
 */
final class Broadcasts {
  private final RunningGroup group;
  private final ActorContext<GroupCommand> context;
  private final Keys keys;
  private final Memory memory;
  private final NextCommit commit;
  private final Works works;
  private final Queue<GroupCommand> waiting = new ArrayDeque<>();
  private final Queue<KeyedUpdate<?>> updates = new ArrayDeque<>();
  private @Nullable BroadcastView view;
  private @Nullable Batch batch;
  private int next;

  private boolean lettingGo;

  /** The home lane has taken the outputs of some elements. */
  record GoOn(Broadcasts broadcasts) implements GroupCommand.Internal {}

  Broadcasts(
      RunningGroup group,
      ActorContext<GroupCommand> context,
      Keys keys,
      Memory memory,
      NextCommit commit,
      Works works) {
    this.group = group;
    this.context = context;
    this.keys = keys;
    this.memory = memory;
    this.commit = commit;
    this.works = works;
  }

  boolean isOf(RunningGroup owner) {
    return group == owner;
  }

  /** Returns what keys see of the broadcast states. */
  BroadcastView view() {
    return view == null ? BroadcastView.EMPTY : view;
  }

  /** Keeps what cannot be done yet; it comes back through {@link Orders}. */
  boolean keeps(GroupCommand command) {
    if (!isWork(command) || (waiting.isEmpty() && mayBegin(command))) {
      return false;
    }
    waiting.add(command);
    return true;
  }

  private static boolean isWork(GroupCommand command) {
    return command instanceof Batch
        || command instanceof GroupCommand.AdvanceWatermark
        || command instanceof GroupCommand.FireTimers
        || command instanceof GroupCommand.EndInput;
  }

  private boolean mayBegin(GroupCommand command) {
    boolean free = view != null && batch == null;
    boolean broadcast = command instanceof Batch one && one.elements().isBroadcast();
    return free && (!broadcast || works.isEmpty());
  }

  /** Does what waits, as far as it may begin now; what is done at once comes by here again. */
  void letGo() {
    if (lettingGo) {
      return;
    }
    lettingGo = true;
    try {
      while (!waiting.isEmpty() && mayBegin(waiting.element())) {
        Orders.give(waiting.remove(), group);
      }
    } finally {
      lettingGo = false;
    }
  }

  /** Reads what is stored; before that nothing begins. */
  void open() {
    run(null);
  }

  void begin(Batch begun) {
    batch = begun;
    next = 0;
    goOn();
  }

  private void run(@Nullable Batch elements) {
    Work.OfBroadcast work =
        new Work.OfBroadcast(
            group, context.getSelf(), memory.sealedUpTo(), elements, next, commit.watermark());
    keys.entry(GroupKey.INSTANCE).slotIn(work);
    group.start(work);
  }

  /**
   * Some elements have been handled, up to one that asked for updates of keys; or what is stored
   * has been read. Tells whether to go on when the outputs are taken.
   */
  boolean done(Work.OfBroadcast work) {
    if (work.image != null) {
      view = BroadcastView.of(work.image);
      return false;
    }
    view = view().with(work.deltas());
    next = work.next;
    updates.addAll(work.updates);
    return true;
  }

  /** Goes on with what comes next: an update of keys, more elements, or the work that waits. */
  void goOn() {
    KeyedUpdate<?> update = updates.poll();
    Batch current = batch;
    if (update != null) {
      ActorRef<GroupEvent> nobody = context.getSystem().ignoreRef();
      group.begin(EveryKey.update(group, update, commit.watermark(), nobody, this::goOn));
    } else if (current == null) {
      letGo();
    } else if (next < current.elements().size()) {
      run(current);
    } else {
      batch = null;
      group.answer(current);
      letGo();
    }
  }
}
