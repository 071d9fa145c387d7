package dev.keyling.kernel;

import dev.keyling.state.StateDescriptor;

/** Names the entries of one state. Shared by all keys of a step. */
final class StateEntries {
  private final StateDescriptor<?> descriptor;
  private final StateKind kind;
  private final String description;
  private final EntryKey single;

  StateEntries(StateKind kind, StateDescriptor<?> descriptor) {
    this.descriptor = descriptor;
    this.kind = kind;
    this.description = describe(kind, descriptor);
    this.single = key(EntryKey.NOTHING, EntryKey.NOTHING);
  }

  /** Returns kind and types of a state in words. */
  static String describe(StateKind kind, StateDescriptor<?> descriptor) {
    return (kind == StateKind.UNION ? "union " : "") + descriptor.describe();
  }

  /** Returns how the state was declared first. */
  StateDescriptor<?> descriptor() {
    return descriptor;
  }

  StateKind kind() {
    return kind;
  }

  String name() {
    return descriptor.getName();
  }

  /** Returns kind and types of the state in words. */
  String description() {
    return description;
  }

  /** Returns the key of the entry of a state that has only one. */
  EntryKey single(byte[] namespace) {
    return namespace.length == 0 ? single : key(namespace, EntryKey.NOTHING);
  }

  EntryKey key(byte[] namespace, byte[] entry) {
    return EntryKey.state(kind, name(), namespace, entry);
  }
}
