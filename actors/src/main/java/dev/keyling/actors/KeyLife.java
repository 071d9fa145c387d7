package dev.keyling.actors;

import dev.keyling.kernel.Desk;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A key that is awake: born with its image, from its first work on a kernel cell. Used by one
 * thread at a time: the key group's, or that of the key's own actor.
 */
final class KeyLife {
  private final Waking waking;
  private final Object key;
  private Desk desk;
  private @Nullable Image image;
  private @Nullable KeyCell<Object, Object, Object> cell;

  /** Makes the cell of a key. */
  interface Waking {
    KeyCell<Object, Object, Object> cell(Object key, Desk desk, Image image);
  }

  KeyLife(Waking waking, Object key, Desk desk, Image image) {
    this.waking = waking;
    this.key = key;
    this.desk = desk;
    this.image = image;
  }

  /** Returns the cell; made with the first work, whose failure it is if it cannot be made. */
  KeyCell<Object, Object, Object> cell() {
    KeyCell<Object, Object, Object> made = cell;
    if (made == null) {
      made = waking.cell(key, desk, image == null ? Image.EMPTY : image);
      cell = made;
      image = null;
    }
    return made;
  }

  /** Does its work at another desk from now on: that of another thread. */
  void moveTo(Desk other) {
    desk = other;
    if (cell != null) {
      cell.moveTo(other);
    }
  }

  /** Reads what its work will read, and returns something of it. */
  int fetch() {
    return cell == null ? 0 : cell.fetch();
  }

  /** The key falls asleep. */
  void close(Logger log) {
    if (cell != null) {
      try {
        cell.close();
      } catch (RuntimeException e) {
        log.warn("close() of a function threw; its key is asleep all the same", e);
      }
    }
  }
}
