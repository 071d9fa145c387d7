package dev.keyling.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map per key, each entry stored and changed by itself. Semantics of Flink's {@code MapState}:
 * null values are allowed, null keys are not. Iteration follows the order of the encoded map keys,
 * so it is the same before and after a restart; iterators can remove.
 */
public interface MapState<UK, UV> extends State, Iterable<Map.Entry<UK, UV>> {

  /** Returns the value at the key, or null if there is none (or if it is null). */
  @Nullable UV get(UK key);

  /** Sets the value at the key; null is a value. */
  void put(UK key, @Nullable UV value);

  /** Puts every entry of the given map. */
  void putAll(Map<? extends UK, ? extends UV> entries);

  /** Removes the entry; removing the last one removes the map. */
  void remove(UK key);

  /** Tells whether there is an entry at the key, also one whose value is null. */
  boolean contains(UK key);

  /** Returns all entries; empty, never null. {@link Map.Entry#setValue} stores. */
  Iterable<Map.Entry<UK, UV>> entries();

  /** Returns all map keys. */
  Iterable<UK> keys();

  /** Returns all values. */
  Iterable<UV> values();

  /** Tells whether there is no entry. */
  boolean isEmpty();
}
