package dev.keyling.kernel;

/** Names the entries of one state in one namespace. Shared by all keys of a step. */
final class StateEntries {
  private final String name;
  private final String description;
  private final EntryKey single;

  StateEntries(String name, String description) {
    this.name = name;
    this.description = description;
    this.single = key(EntryKey.NOTHING);
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
    return EntryKey.state(name, EntryKey.NOTHING, entry);
  }
}
