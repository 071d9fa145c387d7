package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import dev.keyling.kernel.KeyCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts the elements of a round among key groups; hashes each key once. */
public final class Parting {
  private Parting() {}

  /** Returns, by key group, its elements in their order; null where there are none. */
  public static @Nullable Elements[] byGroup(
      List<Elements> round, KeyCodec<Object> keys, int groups) {
    int[] groupOf = new int[round.stream().mapToInt(Elements::size).sum()];
    int[] counts = new int[groups];
    int next = 0;
    for (Elements elements : round) {
      for (int i = 0; i < elements.size(); i++) {
        int group = KeyCodec.groupOf(keys.hash(key(elements, i)), groups);
        groupOf[next++] = group;
        counts[group]++;
      }
    }
    @Nullable Elements[] parts = new Elements[groups];
    next = 0;
    for (Elements elements : round) {
      for (int i = 0; i < elements.size(); i++) {
        int group = groupOf[next++];
        Elements part = parts[group];
        if (part == null) {
          part = new Elements(counts[group], true);
          parts[group] = part;
        }
        part.add(elements.key(i), elements.value(i), elements.timestamp(i));
      }
    }
    return parts;
  }

  @SuppressWarnings("NullAway") // the codec refuses null, naming the step
  private static Object key(Elements elements, int index) {
    return elements.key(index);
  }
}
