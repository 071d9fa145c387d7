package dev.keyling.persistence.leveldb.journal;

import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.KeyWriter;
import dev.keyling.persistence.leveldb.record.Tag;

/** The stored keys of one persistence id; see {@link Tag}. */
public final class JournalKeys {

  private final byte[] events;
  private final byte[] floor;

  /** Lays out the keys of an id. */
  public JournalKeys(String persistenceId) {
    events = new KeyWriter().put(Tag.EVENT).terminated(persistenceId).toBytes();
    floor = new KeyWriter().put(Tag.FLOOR).terminated(persistenceId).toBytes();
  }

  /** Start of all events. */
  public byte[] events() {
    return events;
  }

  /** Key of one event. */
  public byte[] event(long sequenceNr) {
    return new KeyWriter(events).putLong(sequenceNr).toBytes();
  }

  /** Key of the floor. */
  public byte[] floor() {
    return floor;
  }

  /** Returns the sequence number in the key of an event. */
  public long sequenceNrOf(byte[] eventKey) {
    return new KeyReader(eventKey, events.length).nextLong();
  }
}
