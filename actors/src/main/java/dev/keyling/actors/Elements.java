package dev.keyling.actors;

import dev.keyling.kernel.Outputs;
import dev.keyling.plan.Arrival;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of elements, in columns: what lanes carry and key groups answer with, so that no message
 * and no stage ever handles a single element. Filled by one thread, then handed over.
 */
public final class Elements {
  private Object[] values;
  private long[] timestamps;
  private Object @Nullable [] keys;
  private int size;

  public Elements(int capacity, boolean keyed) {
    values = new Object[capacity];
    timestamps = new long[capacity];
    keys = keyed ? new Object[capacity] : null;
  }

  /** Adds an element; timestamp {@link Outputs#NO_TIMESTAMP} if it has none. */
  public void add(@Nullable Object key, Object value, long timestamp) {
    if (size == values.length) {
      grow(Math.max(8, size * 2));
    }
    if (keys != null && key != null) {
      keys[size] = key;
    }
    values[size] = value;
    timestamps[size++] = timestamp;
  }

  private void grow(int capacity) {
    values = Arrays.copyOf(values, capacity);
    timestamps = Arrays.copyOf(timestamps, capacity);
    keys = keys == null ? null : Arrays.copyOf(keys, capacity);
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Tells whether these are broadcast elements; a run is all or nothing. */
  public boolean isBroadcast() {
    return size > 0 && values[0] instanceof Arrival.Broadcasted;
  }

  public boolean isKeyed() {
    return keys != null;
  }

  public Object value(int index) {
    return values[index];
  }

  public long timestamp(int index) {
    return timestamps[index];
  }

  /** Returns the key of an element; null if the elements have none. */
  public @Nullable Object key(int index) {
    return keys == null ? null : keys[index];
  }
}
