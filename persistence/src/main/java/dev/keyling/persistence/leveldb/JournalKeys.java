package dev.keyling.persistence.leveldb;

/** The stored keys of one persistence id; see {@link Tag}. */
final class JournalKeys {

  private final byte[] events;
  private final byte[] floor;

  JournalKeys(String persistenceId) {
    events = new KeyWriter().put(Tag.EVENT).terminated(persistenceId).toBytes();
    floor = new KeyWriter().put(Tag.FLOOR).terminated(persistenceId).toBytes();
  }

  /** Start of all events. */
  byte[] events() {
    return events;
  }

  byte[] event(long sequenceNr) {
    return new KeyWriter(events).putLong(sequenceNr).toBytes();
  }

  byte[] floor() {
    return floor;
  }

  long sequenceNrOf(byte[] eventKey) {
    return new KeyReader(eventKey, events.length).nextLong();
  }
}
