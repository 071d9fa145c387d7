package dev.keyling.kernel;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes over the entries that a map state had when it was asked; can remove them. */
final class MapIterator<UK, R> implements Iterator<R> {
  private final MapHandle<UK, ?> map;
  private final MapItem<UK>[] items;
  private final Function<MapItem<UK>, R> as;
  private int next;
  private @Nullable MapItem<UK> ahead;
  private @Nullable MapItem<UK> current;

  MapIterator(MapHandle<UK, ?> map, MapItem<UK>[] items, Function<MapItem<UK>, R> as) {
    this.map = map;
    this.items = items;
    this.as = as;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && next < items.length) {
      MapItem<UK> item = items[next++];
      if (map.shows(item)) {
        ahead = item;
      }
    }
    return ahead != null;
  }

  @Override
  public R next() {
    MapItem<UK> item = hasNext() ? ahead : null;
    if (item == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    current = item;
    return as.apply(item);
  }

  @Override
  public void remove() {
    MapItem<UK> item = current;
    if (item == null) {
      throw new IllegalStateException("call next() before remove()");
    }
    current = null;
    map.remove(item.key());
  }
}
