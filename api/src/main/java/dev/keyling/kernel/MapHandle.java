package dev.keyling.kernel;

import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.TypeInformation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A live {@link MapState}. Found by the user's map key; iterated in the order of the encoded keys,
 * which is sorted when it is needed.
 */
final class MapHandle<UK, UV> extends StateHandle implements MapState<UK, UV> {
  private final Function<byte[], EntryKey> names;
  private final TypeInformation<UK> keyType;
  private final TypeInformation<UV> valueType;
  private final Map<Object, MapItem<UK>> items = new HashMap<>();

  // Made when something changes and dropped when that is taken over: there is one of these per key.
  private Map<EntryKey, Undo<UK>> undo = Map.of();

  /** The entries that have changed, and what their items are looked up by. */
  private Map<EntryKey, Object> changed = Map.of();

  private MapItem<UK> @Nullable [] sorted;

  private record Undo<UK>(MapItem<UK> item, boolean present, @Nullable EntryValue value) {}

  MapHandle(
      Turns turns,
      Function<byte[], EntryKey> names,
      MapStateDescriptor<UK, UV> descriptor,
      SortedMap<EntryKey, EntryValue> stored) {
    super(turns, descriptor);
    this.names = names;
    this.keyType = descriptor.getKeyType();
    this.valueType = new MapEntryType<>(keyType, descriptor.getValueType());
    stored.forEach(
        (entry, value) -> {
          UK key = keyType.codec().decode(entry.stateParts().entry());
          set(new MapItem<>(lookup(key), entry, keyType), value);
        });
  }

  private Object lookup(UK key) {
    return MapItem.lookup(key, keyType);
  }

  private void set(MapItem<UK> item, EntryValue value) {
    if (items.putIfAbsent(item.lookup(), item) == null) {
      sorted = null;
    }
    item.value(value);
  }

  private void unset(MapItem<UK> item) {
    items.remove(item.lookup());
    sorted = null;
  }

  @Override
  public @Nullable UV get(UK key) {
    reading();
    MapItem<UK> item = items.get(lookup(key));
    return item == null || !read(item) ? null : item.value().get(valueType);
  }

  /** Tells whether an iteration shows the item, which was there when it began. */
  boolean shows(MapItem<UK> item) {
    return lifetime == null || (items.get(item.lookup()) == item && read(item));
  }

  /** Tells whether a read sees the item. Removes what is expired, stamps what is to be. */
  private boolean read(MapItem<UK> item) {
    switch (found(item.value())) {
      case EXPIRED:
        changing();
        remove(item);
        return showsExpired();
      case TO_STAMP:
        changing();
        remember(item, true);
        item.value(item.value().withStamp(stamp(item.value())));
        return true;
      default:
        return true;
    }
  }

  @Override
  public void put(UK key, @Nullable UV value) {
    Object lookup = lookup(key);
    changing();
    MapItem<UK> item = items.get(lookup);
    boolean present = item != null;
    if (item == null) {
      item = new MapItem<>(lookup, names.apply(keyType.codec().encode(key)), keyType);
    }
    EntryValue before = present ? item.value() : null;
    if (before != null && isExpired(before)) {
      tellExpired(item);
      before = null;
    }
    remember(item, present);
    set(item, EntryValue.of(value, valueType, stamp(before)));
  }

  private void tellExpired(MapItem<UK> item) {
    if (tellsExpired()) {
      expired(item.key(), item.value().get(valueType));
    }
  }

  @Override
  public void remove(UK key) {
    Object lookup = lookup(key);
    changing();
    MapItem<UK> item = items.get(lookup);
    if (item != null) {
      remove(item);
    }
  }

  private void remove(MapItem<UK> item) {
    if (isExpired(item.value())) {
      tellExpired(item);
    }
    remember(item, true);
    unset(item);
  }

  private void remember(MapItem<UK> item, boolean present) {
    if (undo.isEmpty()) {
      undo = new HashMap<>(4);
    }
    undo.putIfAbsent(item.entry(), new Undo<>(item, present, present ? item.value() : null));
    if (changed.isEmpty()) {
      changed = new LinkedHashMap<>(4);
    }
    changed.put(item.entry(), item.lookup());
  }

  @Override
  public void putAll(Map<? extends UK, ? extends UV> entries) {
    entries.forEach(this::put);
  }

  @Override
  public boolean contains(UK key) {
    reading();
    MapItem<UK> item = items.get(lookup(key));
    return item != null && read(item);
  }

  @Override
  public boolean isEmpty() {
    reading();
    return items.isEmpty()
        || (lifetime != null && items.values().stream().allMatch(item -> isExpired(item.value())));
  }

  @Override
  public void clear() {
    changing();
    for (MapItem<UK> item : sorted()) {
      remove(item);
    }
  }

  @Override
  void age(Lifetime life, boolean removing) {
    for (MapItem<UK> item : sorted()) {
      EntryValue aged = aged(item.value(), life, removing);
      if (aged == null) {
        changing();
        remove(item);
      } else if (aged != item.value()) {
        changing();
        remember(item, true);
        item.value(aged);
      }
    }
  }

  @Override
  public Iterator<Map.Entry<UK, UV>> iterator() {
    return entries().iterator();
  }

  @Override
  public Iterable<Map.Entry<UK, UV>> entries() {
    return view(item -> new MapEntry<>(this, valueType, item));
  }

  @Override
  public Iterable<UK> keys() {
    return view(MapItem::key);
  }

  @Override
  @SuppressWarnings("NullAway") // a null value is a value here
  public Iterable<UV> values() {
    return view(item -> item.value().get(valueType));
  }

  private <R> Iterable<R> view(Function<MapItem<UK>, R> as) {
    reading();
    return () -> {
      reading();
      return new MapIterator<>(this, sorted(), as);
    };
  }

  @SuppressWarnings("unchecked") // an array of the one item type
  private MapItem<UK>[] sorted() {
    MapItem<UK>[] order = sorted;
    if (order == null) {
      order = items.values().toArray(MapItem[]::new);
      Arrays.sort(order);
      sorted = order;
    }
    return order;
  }

  @Override
  int fetch() {
    return items.size();
  }

  @Override
  void save() {
    undo = Map.of();
  }

  @Override
  void restore() {
    undo.forEach(
        (entry, before) -> {
          unset(before.item()); // or the item that has taken its place
          EntryValue value = before.value();
          if (value != null) {
            set(before.item(), value);
          }
        });
    undo = Map.of();
  }

  @Override
  void deltas(long epoch, Consumer<Delta> sink) {
    changed.forEach(
        (entry, lookup) -> {
          MapItem<UK> item = items.get(lookup);
          sink.accept(new Delta(entry, item == null ? null : item.value()));
        });
    changed = Map.of();
    undo = Map.of();
  }

  @Override
  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    items.values().forEach(item -> sink.accept(item.entry(), item.value()));
  }

  @Override
  void stamps(LongConsumer sink) {
    for (MapItem<UK> item : items.values()) {
      if (item.value().stamp() != EntryValue.NO_STAMP) {
        sink.accept(item.value().stamp());
      }
    }
  }

  @Override
  boolean holdsNothing() {
    return items.isEmpty();
  }

  @Override
  Object view() {
    Map<Object, @Nullable Object> view = new LinkedHashMap<>();
    for (MapItem<UK> item : sorted()) {
      view.put(item.key(), item.value().get(valueType));
    }
    return view;
  }

  @Override
  int numEntries() {
    return items.size();
  }
}
