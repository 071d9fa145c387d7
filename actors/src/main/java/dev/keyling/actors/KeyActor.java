package dev.keyling.actors;

import dev.keyling.kernel.Outputs;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;

/**
 * The actor of a key that takes long: its work is done in a thread of its own, and its key group
 * goes on. It takes one message per piece of work, waits for nothing, stashes nothing, and never
 * fails: what a function throws is in the slot.
 */
final class KeyActor extends ExtensibleBehavior<KeySlot> {
  private final KeyLife life;

  KeyActor(KeyLife life) {
    this.life = life;
  }

  @Override
  public Behavior<KeySlot> receive(TypedActorContext<KeySlot> context, KeySlot slot) {
    slot.run(life, new Outputs());
    slot.work.countDown();
    return this;
  }

  @Override
  public Behavior<KeySlot> receiveSignal(TypedActorContext<KeySlot> context, Signal signal) {
    if (signal instanceof PostStop) {
      life.close(context.asJava().getLog());
    }
    return this;
  }
}
