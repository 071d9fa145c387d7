package dev.keyling.kernel;

import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReadOnlyBroadcastState;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broadcast state in the hands of a key's function. */
record BroadcastReading<UK, UV>(
    Turns turns, Map<Object, MapItem<UK>> items, MapStateDescriptor<UK, UV> descriptor)
    implements ReadOnlyBroadcastState<UK, UV> {

  private @Nullable MapItem<UK> find(UK key) {
    turns.check();
    return items.get(MapItem.lookup(key, descriptor.getKeyType()));
  }

  @Override
  public @Nullable UV get(UK key) {
    MapItem<UK> item = find(key);
    return item == null ? null : item.value().get(descriptor.getValueType());
  }

  @Override
  public boolean contains(UK key) {
    return find(key) != null;
  }

  @Override
  public Iterable<Map.Entry<UK, UV>> immutableEntries() {
    turns.check();
    return () -> {
      Iterator<MapItem<UK>> all = items.values().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Map.Entry<UK, UV> next() {
          turns.check();
          return entry(all.next());
        }
      };
    };
  }

  @SuppressWarnings("NullAway") // a null value is a value here
  private Map.Entry<UK, UV> entry(MapItem<UK> item) {
    return new SimpleImmutableEntry<>(item.key(), item.value().get(descriptor.getValueType()));
  }
}
