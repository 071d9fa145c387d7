package dev.keyling.actors;

import java.util.List;

/**
 * A commit that is in the journal, or on its way there, and not yet in rows.
 *
 * @param parts its encoded events
 * @param sequenceNr of its last event; 0 while it is being written
 * @param keys the keys it changed, to be relieved of the change once it is in rows
 */
record Commit(long id, List<byte[]> parts, long sequenceNr, List<KeyEntry> keys) {

  long bytes() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }

  Commit writtenAt(long nr) {
    return new Commit(id, parts, nr, keys);
  }
}
