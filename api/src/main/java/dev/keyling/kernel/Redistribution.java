package dev.keyling.kernel;

import dev.keyling.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parts what an operator remembers anew when the number of its partitions changes. Pure: the same
 * images give the same images.
 */
public final class Redistribution {
  private static final int ITEMS_PER_CHUNK = 64;

  private Redistribution() {}

  /**
   * Parts items anew: all of them in the order of the partitions, cut into runs whose sizes differ
   * by at most one, the longer ones first.
   */
  public static <T> List<List<T>> evenly(List<? extends List<T>> byPartition, int partitions) {
    List<T> all = new ArrayList<>();
    byPartition.forEach(all::addAll);
    List<List<T>> parts = new ArrayList<>(partitions);
    int from = 0;
    for (int partition = 0; partition < partitions; partition++) {
      int size = all.size() / partitions + (partition < all.size() % partitions ? 1 : 0);
      parts.add(List.copyOf(all.subList(from, from + size)));
      from += size;
    }
    return parts;
  }

  /**
   * Parts the images of all partitions of an operator anew: lists evenly, whether they are read as
   * parts or as unions; with an unchanged number each keeps its own.
   *
   * @param where the step in words, for messages
   * @throws IllegalArgumentException if a partition that is no more has raw bytes
   */
  public static List<Image> of(List<Image> images, int partitions, String where) {
    if (images.size() == partitions) {
      return List.copyOf(images);
    }
    List<SortedMap<EntryKey, EntryValue>> parted = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      parted.add(new TreeMap<>());
    }
    Map<ListName, List<List<EntryValue>>> lists = new TreeMap<>();
    for (int partition = 0; partition < images.size(); partition++) {
      for (Map.Entry<EntryKey, EntryValue> entry : images.get(partition).entries().entrySet()) {
        EntryKey.StateParts parts = entry.getKey().stateParts();
        if (parts.kind().isList()) {
          lists
              .computeIfAbsent(
                  new ListName(parts.kind(), parts.name()), name -> emptyLists(images.size()))
              .get(partition)
              .addAll(Arrays.asList(Chunk.stored(entry.getKey(), entry.getValue()).items()));
        } else if (partition < partitions) {
          parted.get(partition).put(entry.getKey(), entry.getValue());
        } else {
          throw new IllegalArgumentException(
              "%s: partition %d has the raw state \"%s\", which cannot be parted; go on with at least %d partitions"
                  .formatted(where, partition, parts.name(), images.size()));
        }
      }
    }
    lists.forEach((name, items) -> put(name, evenly(items, partitions), parted));
    return parted.stream().map(Image::of).toList();
  }

  private record ListName(StateKind kind, String name) implements Comparable<ListName> {
    @Override
    public int compareTo(ListName other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : kind.compareTo(other.kind);
    }
  }

  private static List<List<EntryValue>> emptyLists(int count) {
    List<List<EntryValue>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private static void put(
      ListName name,
      List<List<EntryValue>> items,
      List<SortedMap<EntryKey, EntryValue>> partitions) {
    for (int partition = 0; partition < items.size(); partition++) {
      List<EntryValue> own = items.get(partition);
      for (int from = 0; from < own.size(); from += ITEMS_PER_CHUNK) {
        ByteWriter index = new ByteWriter();
        index.writeLong(from / ITEMS_PER_CHUNK);
        EntryKey key =
            EntryKey.state(name.kind(), name.name(), EntryKey.NOTHING, index.toByteArray());
        List<EntryValue> some = own.subList(from, Math.min(own.size(), from + ITEMS_PER_CHUNK));
        Chunk chunk = new Chunk(from / ITEMS_PER_CHUNK, -1, key, some.toArray(EntryValue[]::new));
        partitions.get(partition).put(key, EntryValue.stored(chunk.bytes()));
      }
    }
  }
}
