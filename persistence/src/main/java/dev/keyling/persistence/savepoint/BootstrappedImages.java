package dev.keyling.persistence.savepoint;

import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Keys that come from elements. Elements are gone through for as many key groups at a time as fit
 * into memory: for all of them at first, and when there is too much, again for those that were left
 * out. So memory holds the keys of one group at the least.
 */
final class BootstrappedImages<K, I, O> implements StepImages {
  private static final int KEY = 512;

  private final OfflineStep<K, I, O> step;
  private final Iterable<? extends I> elements;
  private final Function<? super I, ? extends K> keyOf;
  private final long limit;

  /** The groups in memory begin with this one. */
  private int from;

  private List<TreeMap<byte[], KeyCell<K, I, O>>> inMemory = List.of();

  /**
   * @param elements gives the same at every pass
   * @param limit about how many bytes of memory the keys may take
   */
  BootstrappedImages(
      OfflineStep<K, I, O> step,
      Iterable<? extends I> elements,
      Function<? super I, ? extends K> keyOf,
      long limit) {
    this.step = step;
    this.elements = elements;
    this.keyOf = keyOf;
    this.limit = limit;
  }

  @Override
  public int keyGroups() {
    return step.keyGroups();
  }

  @Override
  public Iterator<StoredImage> group(int group) {
    if (group < from || group >= from + inMemory.size()) {
      inMemory = List.of(); // before the next ones come
      inMemory = pass(group);
      from = group;
    }
    Iterator<Map.Entry<byte[], KeyCell<K, I, O>>> cells =
        inMemory.get(group - from).entrySet().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cells.hasNext();
      }

      @Override
      public StoredImage next() {
        Map.Entry<byte[], KeyCell<K, I, O>> next = cells.next();
        try (KeyCell<K, I, O> cell = next.getValue()) {
          return new StoredImage(next.getKey(), cell.image());
        }
      }
    };
  }

  /** Handles the elements of the groups from this one on, of as many as fit. */
  private List<TreeMap<byte[], KeyCell<K, I, O>>> pass(int first) {
    List<TreeMap<byte[], KeyCell<K, I, O>>> groups = new ArrayList<>();
    for (int group = first; group < keyGroups(); group++) {
      groups.add(new TreeMap<>(Arrays::compareUnsigned));
    }
    long[] weights = new long[keyGroups() - first];
    for (I element : elements) {
      K key = keyOf.apply(element);
      int group = KeyCodec.groupOf(step.keys().hash(key), keyGroups()) - first;
      if (group >= 0 && group < groups.size()) {
        weights[group] += handle(groups.get(group), key, first + group, element);
        while (groups.size() > 1 && weight(weights, groups.size()) > limit) {
          List<TreeMap<byte[], KeyCell<K, I, O>>> upper =
              groups.subList(groups.size() / 2, groups.size());
          upper.forEach(cells -> cells.values().forEach(KeyCell::close));
          upper.clear();
        }
      }
    }
    return groups;
  }

  private static long weight(long[] weights, int groups) {
    long sum = 0;
    for (int group = 0; group < groups; group++) {
      sum += weights[group];
    }
    return sum;
  }

  /** Returns how much more memory the group takes, at the most. */
  private long handle(TreeMap<byte[], KeyCell<K, I, O>> group, K key, int number, I element) {
    byte[] encoded = step.keys().encode(key);
    KeyCell<K, I, O> cell = group.get(encoded);
    long more = 0;
    if (cell == null) {
      cell = step.cell(key, number, Image.EMPTY);
      group.put(encoded, cell);
      more = KEY;
    }
    step.handle(cell, element);
    for (Delta delta : cell.takeDeltas()) {
      EntryValue value = delta.value();
      more += value == null ? 0 : delta.entry().bytes().length + value.bytes().length;
    }
    return more;
  }
}
