package dev.keyling.kernel;

import dev.keyling.state.StateDescriptor;

/** Names the entries of one state in one namespace. Shared by all keys of a step. */
final class StateEntries {
  private final StateKind kind;
  private final String name;
  private final String description;
  private final EntryKey single;

  StateEntries(StateDescriptor<?> descriptor) {
    this.kind = StateKind.of(descriptor);
    this.name = descriptor.getName();
    this.description = descriptor.describe();
    this.single = key(EntryKey.NOTHING);
  }

  StateKind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /** Returns kind and types of the state in words. */
  String description() {
    return description;
  }

  /** Returns the key of the entry of a state that has only one. */
  EntryKey single() {
    return single;
  }

  EntryKey key(byte[] entry) {
    return EntryKey.state(kind, name, EntryKey.NOTHING, entry);
  }
}
