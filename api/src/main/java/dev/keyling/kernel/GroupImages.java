package dev.keyling.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What key groups keep under their {@link GroupKey} when the number of key groups changes. Pure:
 * the same images give the same image.
 */
public final class GroupImages {
  private GroupImages() {}

  /**
   * Returns what every one of the new key groups keeps for itself: the broadcast states, of which
   * all old groups have the same copy, and the states that the keys of all old groups are aged for.
   * States that only some are aged for are left out, so that the keys are aged again.
   *
   * @param images by old key group; empty of one that keeps nothing
   * @param holdsKeys tells of an old key group whether it has any key of the user
   * @param where the step in words, for messages
   * @throws IllegalArgumentException if the copies of the broadcast states differ
   */
  public static Image ofAny(List<Image> images, IntPredicate holdsKeys, String where) {
    Image shared = Image.of(broadcast(images.get(0)));
    List<AgedStates> aged = new ArrayList<>();
    for (int group = 0; group < images.size(); group++) {
      Image image = images.get(group);
      if (!same(shared.entries(), broadcast(image))) {
        throw new IllegalArgumentException(
            "%s: its key groups 0 and %d hold different broadcast states, so they cannot be parted anew; go on with %d key groups, and let processBroadcastElement do the same in all of them"
                .formatted(where, group, images.size()));
      }
      if (holdsKeys.test(group)) {
        aged.add(AgedStates.stored(image));
      }
    }
    return shared.with(AgedStates.NONE.changesTo(AgedStates.common(aged)));
  }

  /** Returns the image of a {@link GroupKey} without what its keys are aged for. */
  public static Image notAged(Image image) {
    return Image.of(broadcast(image));
  }

  private static SortedMap<EntryKey, EntryValue> broadcast(Image image) {
    SortedMap<EntryKey, EntryValue> states = new TreeMap<>(image.entries());
    states.keySet().removeIf(EntryKey::isAgedState);
    return states;
  }

  private static boolean same(
      SortedMap<EntryKey, EntryValue> one, SortedMap<EntryKey, EntryValue> other) {
    if (!one.keySet().equals(other.keySet())) {
      return false;
    }
    for (Map.Entry<EntryKey, EntryValue> entry : one.entrySet()) {
      EntryValue there = other.get(entry.getKey());
      if (there == null || !Arrays.equals(entry.getValue().bytes(), there.bytes())) {
        return false;
      }
    }
    return true;
  }
}
