package dev.keyling.actors;

import dev.keyling.kernel.KeyCodec;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a key group knows of one key that is live or has changes not yet in rows. */
final class KeyEntry {
  final Object key;
  final Overlay overlay = new Overlay();
  private byte @Nullable [] bytes;

  /** Null while the key sleeps. */
  @Nullable KeyLife life;

  /** Its own actor; null while it sleeps or lives in the key group's thread. */
  @Nullable ActorRef<KeySlot> actor;

  /** Whether its last work took long. */
  boolean tookLong;

  /** Work that waits for the image to be read; null when nothing is being read. */
  @Nullable List<KeySlot> waiting;

  /** Whether it had work since the hand last came by. */
  boolean used;

  /** Whether it is on the list of keys that the next commit takes. */
  boolean changed;

  /** Slots that are not merged yet. */
  int inFlight;

  /** Earliest timers as they stand in the timer index. */
  long soonestEvent = Long.MAX_VALUE;

  long soonestProcessing = Long.MAX_VALUE;

  /** Whether the key holds nothing, as its last work left it. */
  boolean empty;

  /** Whether it is on the list of keys that may be let go. */
  boolean emptied;

  /** Its place among the live keys. */
  int place;

  private @Nullable KeySlot current;

  KeyEntry(Object key) {
    this.key = key;
  }

  byte[] bytes(KeyCodec<Object> codec) {
    byte[] encoded = bytes;
    if (encoded == null) {
      encoded = codec.encode(key);
      bytes = encoded;
    }
    return encoded;
  }

  /** Returns the key's slot in the work that is being put together. */
  KeySlot slotIn(Work work) {
    KeySlot slot = current;
    if (slot == null || slot.work != work) {
      slot = work.slot(this);
      current = slot;
    }
    return slot;
  }

  /** Forgets the work that is done, so that it can be collected. */
  void release() {
    inFlight--;
    if (inFlight == 0) {
      current = null;
    }
  }

  boolean isIdle() {
    return inFlight == 0;
  }

  /** Tells whether nothing here is worth remembering; what the timer index holds of it is. */
  boolean isForgettable() {
    return life == null
        && inFlight == 0
        && overlay.isEmpty()
        && soonestEvent == Long.MAX_VALUE
        && soonestProcessing == Long.MAX_VALUE;
  }
}
