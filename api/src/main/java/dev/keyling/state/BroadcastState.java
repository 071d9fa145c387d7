package dev.keyling.state;

import org.jspecify.annotations.Nullable;

/**
 * A map that belongs to a key group and to no key. Every key group of a step has a copy of its own,
 * which its broadcast elements change and which is stored with its keys. Semantics of Flink's
 * {@code BroadcastState}: null values are allowed, null keys are not.
 */
public interface BroadcastState<UK, UV> extends ReadOnlyBroadcastState<UK, UV>, State {

  /** Sets the value at the key; null is a value. */
  void put(UK key, @Nullable UV value);

  /** Removes the entry, if there is one. */
  void remove(UK key);
}
