package dev.keyling.actors;

import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * One live key: an actor around one kernel cell, born with its image. It takes one message per
 * piece of work, waits for nothing, stashes nothing, and never fails: what a function throws is in
 * the slot.
 */
final class KeyActor extends AbstractBehavior<KeySlot> {
  private final Function<Image, KeyCell<Object, Object, Object>> waking;
  private @Nullable Image image;
  private @Nullable KeyCell<Object, Object, Object> cell;

  private KeyActor(
      ActorContext<KeySlot> context,
      Image image,
      Function<Image, KeyCell<Object, Object, Object>> waking) {
    super(context);
    this.image = image;
    this.waking = waking;
  }

  static Behavior<KeySlot> create(
      Image image, Function<Image, KeyCell<Object, Object, Object>> waking) {
    return Behaviors.setup(context -> new KeyActor(context, image, waking));
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
  public Receive<KeySlot> createReceive() {
    return newReceiveBuilder()
        .onMessage(KeySlot.class, this::onSlot)
        .onSignal(PostStop.class, signal -> onStop())
        .build();
  }

  private Behavior<KeySlot> onSlot(KeySlot slot) {
    slot.run(this);
    return this;
  }

  private Behavior<KeySlot> onStop() {
    if (cell != null) {
      try {
        cell.close();
      } catch (RuntimeException e) {
        getContext().getLog().warn("close() of a function threw; its key is asleep all the same", e);
      }
    }
    return this;
  }
}
