package dev.keyling.kernel;

import dev.keyling.state.BroadcastState;
import dev.keyling.state.MapState;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broadcast state in the hands of what handles broadcast elements: a map state of no key. */
record BroadcastWriting<UK, UV>(MapState<UK, UV> map) implements BroadcastState<UK, UV> {

  @Override
  public @Nullable UV get(UK key) {
    return map.get(key);
  }

  @Override
  public boolean contains(UK key) {
    return map.contains(key);
  }

  @Override
  public void put(UK key, @Nullable UV value) {
    map.put(key, value);
  }

  @Override
  public void remove(UK key) {
    map.remove(key);
  }

  @Override
  public void clear() {
    map.clear();
  }

  @Override
  public Iterable<Map.Entry<UK, UV>> immutableEntries() {
    Iterable<Map.Entry<UK, UV>> entries = map.entries();
    return () -> {
      Iterator<Map.Entry<UK, UV>> all = entries.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Map.Entry<UK, UV> next() {
          return new SimpleImmutableEntry<>(all.next());
        }
      };
    };
  }
}
