package dev.keyling.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A broadcast state as the functions of keys see it: what the broadcast elements before have made
 * of it. Valid only during the call. What it hands out can be changed without any effect on it.
 */
public interface ReadOnlyBroadcastState<UK, UV> {

  /** Returns the value at the key, or null if there is none (or if it is null). */
  @Nullable UV get(UK key);

  /** Tells whether there is an entry at the key, also one whose value is null. */
  boolean contains(UK key);

  /** Returns all entries, in the order of the encoded map keys; none of them can be set. */
  Iterable<Map.Entry<UK, UV>> immutableEntries();
}
