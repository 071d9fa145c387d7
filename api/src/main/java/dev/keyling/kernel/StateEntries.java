package dev.keyling.kernel;

import dev.keyling.bytes.ByteWriter;
import dev.keyling.state.StateDescriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names the entries of one state. Shared by all keys of a step. */
final class StateEntries {
  /** Names that many keys have in common are kept once, if there are no more than these. */
  private static final int SHARED = 1024;

  private final StateDescriptor<?> descriptor;
  private final StateKind kind;
  private final String description;
  private final EntryKey single;
  private final Map<EntryKey, EntryKey> shared = new ConcurrentHashMap<>();

  StateEntries(StateKind kind, StateDescriptor<?> descriptor) {
    this.descriptor = descriptor;
    this.kind = kind;
    this.description = describe(kind, descriptor);
    this.single = EntryKey.state(kind, descriptor.getName(), EntryKey.NOTHING, EntryKey.NOTHING);
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

  /** Returns the key of a chunk of a list. */
  EntryKey chunk(byte[] namespace, long index) {
    ByteWriter writer = new ByteWriter();
    writer.writeLong(index);
    return key(namespace, writer.toByteArray());
  }

  /** Returns the key of an entry of a state that may have many. */
  EntryKey key(byte[] namespace, byte[] entry) {
    EntryKey key = EntryKey.state(kind, name(), namespace, entry);
    EntryKey known = shared.get(key);
    if (known != null) {
      return known;
    }
    if (shared.size() < SHARED && namespace.length == 0) {
      shared.put(key, key);
    }
    return key;
  }
}
