package dev.keyling.actors;

import java.util.List;

/**
 * The checkpoints whose state somebody may still ask for: rows keep what was the newest at each.
 *
 * @param ids oldest first
 */
record Retained(List<Long> ids) {
  /** Nobody asks for anything but the newest. */
  static final Retained NONE = new Retained(List.of());

  /** Returns the oldest, or that one if it is older than all or if there are none. */
  long oldest(long other) {
    return ids.isEmpty() ? other : Math.min(other, ids.get(0));
  }

  /** Returns the first checkpoint that holds this commit; the largest number if none does. */
  long firstWith(long commit) {
    for (long id : ids) {
      if (id >= commit) {
        return id;
      }
    }
    return Long.MAX_VALUE;
  }
}
