package dev.keyling.kernel;

import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.TypeInformation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A live {@link ListState}: an immutable list of immutable chunks, so that undo is a reference. */
final class ListHandle<T> extends StateHandle implements ListState<T> {
  private final Turns turns;
  private final TypeInformation<T> type;
  private final LongFunction<EntryKey> keyOfChunk;
  private List<Chunk> chunks = List.of();
  private List<Chunk> saved = List.of();
  private List<Chunk> taken;

  ListHandle(
      Turns turns,
      LongFunction<EntryKey> keyOfChunk,
      ListStateDescriptor<T> descriptor,
      SortedMap<EntryKey, EntryValue> stored) {
    super(turns, descriptor);
    this.turns = turns;
    this.type = descriptor.getElementType();
    this.keyOfChunk = keyOfChunk;
    List<Chunk> loaded = new ArrayList<>();
    for (Map.Entry<EntryKey, EntryValue> entry : stored.entrySet()) {
      loaded.add(Chunk.stored(entry.getKey(), entry.getValue()));
    }
    this.chunks = loaded;
    this.taken = loaded;
  }

  @Override
  public Iterable<T> get() {
    reading();
    return lifetime == null ? elements() : read();
  }

  private List<T> elements() {
    List<T> elements = new ArrayList<>();
    for (Chunk chunk : chunks) {
      for (EntryValue item : chunk.items()) {
        elements.add(decoded(item));
      }
    }
    return Collections.unmodifiableList(elements);
  }

  private T decoded(EntryValue item) {
    return Objects.requireNonNull(item.get(type));
  }

  /** Reads; removes what is expired, stamps what is to be. */
  private List<T> read() {
    List<T> elements = new ArrayList<>();
    replace(
        item -> {
          Found found = found(item);
          if (found != Found.EXPIRED || showsExpired()) {
            elements.add(decoded(item));
          }
          return switch (found) {
            case AS_IT_IS -> item;
            case TO_STAMP -> item.withStamp(stamp(item));
            case EXPIRED -> removed(item);
          };
        });
    return Collections.unmodifiableList(elements);
  }

  private @Nullable EntryValue removed(EntryValue item) {
    if (tellsExpired()) {
      expired(null, decoded(item));
    }
    return null;
  }

  /** Puts other elements in the place of elements; null removes. */
  private void replace(Function<EntryValue, @Nullable EntryValue> with) {
    List<Chunk> replaced = new ArrayList<>(chunks.size());
    boolean same = true;
    for (Chunk chunk : chunks) {
      List<EntryValue> items = new ArrayList<>(chunk.items().length);
      boolean sameItems = true;
      for (EntryValue item : chunk.items()) {
        EntryValue other = with.apply(item);
        sameItems &= other == item;
        if (other != null) {
          items.add(other);
        }
      }
      if (!items.isEmpty()) {
        replaced.add(sameItems ? chunk : chunk.of(items));
      }
      same &= sameItems;
    }
    if (!same) {
      changing();
      chunks = replaced;
    }
  }

  @Override
  void age(Lifetime life, boolean removing) {
    replace(
        item -> {
          EntryValue aged = aged(item, life, removing);
          return aged == null ? removed(item) : aged;
        });
  }

  /** What a write does away with may have expired before. */
  private void removeExpired() {
    if (tellsExpired()) {
      replace(item -> isExpired(item) ? removed(item) : item);
    }
  }

  @Override
  public void add(T value) {
    addAll(Collections.singletonList(value));
  }

  @Override
  public void addAll(List<? extends T> values) {
    requireNoNull(values);
    if (!values.isEmpty()) {
      changing();
      chunks = append(new ArrayList<>(chunks), values);
    }
  }

  @Override
  public void update(List<? extends T> values) {
    requireNoNull(values);
    changing();
    removeExpired();
    chunks = append(new ArrayList<>(), values);
  }

  @Override
  public void clear() {
    changing();
    removeExpired();
    chunks = List.of();
  }

  /** Takes encoded items instead of its own: those of all partitions of an operator. */
  void become(List<byte[]> items) {
    changing();
    List<Chunk> all = new ArrayList<>();
    append(all, items.stream().map(EntryValue::stored).toArray(EntryValue[]::new));
    chunks = all;
  }

  private static void requireNoNull(List<?> values) {
    for (Object value : Objects.requireNonNull(values, "a list state takes no null list")) {
      Objects.requireNonNull(value, "a list state takes no null element");
    }
  }

  private List<Chunk> append(List<Chunk> to, List<? extends T> values) {
    EntryValue[] items = new EntryValue[values.size()];
    int size = 0;
    for (T value : values) {
      items[size++] = EntryValue.of(value, type, stamp(null));
    }
    append(to, items);
    return to;
  }

  /** Returns the key of a chunk: that of the chunk whose place it takes, if it is the first. */
  private EntryKey keyOf(long index) {
    Chunk first = chunks.isEmpty() ? null : chunks.get(0);
    return first != null && first.index() == index ? first.key() : keyOfChunk.apply(index);
  }

  private void append(List<Chunk> to, EntryValue... items) {
    long epoch = turns.epoch();
    for (int from = 0; from < items.length; ) {
      Chunk last = to.isEmpty() ? null : to.get(to.size() - 1);
      int room = last == null ? 0 : last.room(epoch);
      int until = Math.min(items.length, from + (room == 0 ? Chunk.FULL : room));
      EntryValue[] more = Arrays.copyOfRange(items, from, until);
      if (last != null && room > 0) {
        to.set(to.size() - 1, last.with(more));
      } else {
        long index = last == null ? 0 : last.index() + 1;
        to.add(new Chunk(index, epoch, keyOf(index), more));
      }
      from = until;
    }
  }

  @Override
  int fetch() {
    return chunks.size();
  }

  @Override
  void save() {
    saved = chunks;
  }

  @Override
  void restore() {
    chunks = saved;
  }

  @Override
  void deltas(long epoch, Consumer<Delta> sink) {
    int i = 0;
    int j = 0;
    while (i < taken.size() || j < chunks.size()) {
      long before = i < taken.size() ? taken.get(i).index() : Long.MAX_VALUE;
      long now = j < chunks.size() ? chunks.get(j).index() : Long.MAX_VALUE;
      if (before < now) {
        sink.accept(new Delta(taken.get(i++).key(), null));
      } else {
        Chunk chunk = chunks.get(j++);
        if (before > now || taken.get(i++) != chunk) {
          sink.accept(new Delta(chunk.key(), chunk));
        }
      }
    }
    taken = chunks;
    saved = List.of();
  }

  @Override
  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    chunks.forEach(chunk -> sink.accept(chunk.key(), chunk));
  }

  @Override
  void stamps(LongConsumer sink) {
    for (Chunk chunk : chunks) {
      for (EntryValue item : chunk.items()) {
        if (item.stamp() != EntryValue.NO_STAMP) {
          sink.accept(item.stamp());
        }
      }
    }
  }

  @Override
  boolean holdsNothing() {
    return chunks.isEmpty();
  }

  @Override
  Object view() {
    return elements();
  }

  @Override
  int numEntries() {
    return holdsNothing() ? 0 : 1;
  }
}
