package dev.keyling.state;

import java.util.Collection;

/**
 * The states of a key once per namespace, such as a window. For operators that keep the same state
 * several times per key; a function's own states are outside of any namespace.
 */
public interface StateNamespaces {

  /**
   * Returns the states in a namespace. To be asked for anew in every turn: a namespace in which
   * nothing is left is forgotten.
   *
   * @param namespace any bytes; equal bytes are the same namespace; empty is none
   */
  KeyedStateStore in(byte[] namespace);

  /**
   * Moves a state from some namespaces into another (Flink's {@code mergeNamespaces}): lists are
   * concatenated in the order of the sources, reducing and aggregating states combined. The sources
   * are empty afterwards; a source that is the target stays.
   *
   * @throws IllegalArgumentException if it is a value or map state
   */
  void merge(StateDescriptor<?> state, byte[] target, Collection<byte[]> sources);
}
