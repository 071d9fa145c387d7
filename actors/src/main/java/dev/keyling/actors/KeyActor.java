package dev.keyling.actors;

import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.jspecify.annotations.Nullable;

/**
 * One live key: an actor around one kernel cell, born with its image. It takes one message per
 * piece of work, waits for nothing, stashes nothing, and never fails: what a function throws is in
 * the slot. A behavior of its own, because a message costs less than with a builder's cases and
 * there is one per key and batch.
 */
final class KeyActor extends ExtensibleBehavior<KeySlot> {
  private final Function<Image, KeyCell<Object, Object, Object>> waking;
  private @Nullable Image image;
  private @Nullable KeyCell<Object, Object, Object> cell;

  KeyActor(Image image, Function<Image, KeyCell<Object, Object, Object>> waking) {
    this.image = image;
    this.waking = waking;
  }

  /** Returns the cell; made with the first work, whose failure it is if it cannot be made. */
  KeyCell<Object, Object, Object> cell() {
    KeyCell<Object, Object, Object> made = cell;
    if (made == null) {
      made = waking.apply(image == null ? Image.EMPTY : image);
      cell = made;
      image = null;
    }
    return made;
  }

  @Override
  public Behavior<KeySlot> receive(TypedActorContext<KeySlot> context, KeySlot slot) {
    slot.run(this);
    return this;
  }

  @Override
  public Behavior<KeySlot> receiveSignal(TypedActorContext<KeySlot> context, Signal signal) {
    if (signal instanceof PostStop && cell != null) {
      try {
        cell.close();
      } catch (RuntimeException e) {
        context
            .asJava()
            .getLog()
            .warn("close() of a function threw; its key is asleep all the same", e);
      }
    }
    return this;
  }
}
