package dev.keyling.actors;

import dev.keyling.kernel.KeyCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** The keys whose functions are told what became of checkpoints. No key is woken for it. */
final class Listeners {
  private final int group;
  private final KeyCodec<Object> codec;
  private final Set<KeyEntry> listeners = new LinkedHashSet<>();

  Listeners(int group, KeyCodec<Object> codec) {
    this.group = group;
    this.codec = codec;
  }

  void add(KeyEntry entry) {
    listeners.add(entry);
  }

  /** Returns those that are awake, encoded. */
  List<byte[]> awake() {
    listeners.removeIf(entry -> entry.life == null);
    List<byte[]> awake = new ArrayList<>(listeners.size());
    listeners.forEach(entry -> awake.add(entry.bytes(codec)));
    return awake;
  }

  /** Tells the barrier that there is somebody to be told. */
  void sayIfAny(ActorRef<GroupEvent> barrier) {
    if (!listeners.isEmpty()) {
      barrier.tell(new GroupEvent.KeysListen(group));
    }
  }
}
