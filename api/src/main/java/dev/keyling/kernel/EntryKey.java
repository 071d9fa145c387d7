package dev.keyling.kernel;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.time.TimeDomain;
import java.util.Arrays;

/**
 * Names one entry of a key's image: a value, a chunk of a list, an entry of a map, or a timer; in
 * the image of the {@link GroupKey} also a state that all keys are aged for. The encoded bytes are
 * part of the stored format: a family byte, then for a state its kind, its name and namespace
 * (length first) and the entry's own bytes; for a timer its domain (two more stand for the sweeps
 * of expired entries) and its time, big endian with the sign flipped, so that bytes sort by time;
 * for an aged state its name.
 */
public final class EntryKey implements Comparable<EntryKey> {
  static final byte[] NOTHING = {};
  private static final byte STATE = 1;
  private static final byte TIMER = 2;
  private static final byte AGED = 3;

  /** Added to the domain of a timer that sweeps. */
  private static final byte SWEEP = 2;

  private final byte[] bytes;
  private final int hash;

  private EntryKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** Names the entry of a state. */
  static EntryKey state(StateKind kind, String name, byte[] namespace, byte[] entry) {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(STATE);
    writer.writeByte(kind.code);
    writer.writeString(name);
    writer.writeBytes(namespace);
    writer.writeRaw(entry);
    return new EntryKey(writer.toByteArray());
  }

  /** Names a timer; time in ms since 1970. */
  public static EntryKey timer(TimeDomain domain, long time) {
    return timer((byte) domain.ordinal(), time);
  }

  private static EntryKey timer(byte domain, long time) {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(TIMER);
    writer.writeByte(domain);
    writer.writeLong(time ^ Long.MIN_VALUE);
    return new EntryKey(writer.toByteArray());
  }

  /**
   * Names the time at which the key is swept for expired entries: a timer of a domain of its own.
   */
  static EntryKey sweep(TimeDomain domain, long time) {
    return timer((byte) (SWEEP + domain.ordinal()), time);
  }

  /** Names what a key group remembers of a state for {@link AgedStates}. */
  static EntryKey agedState(String state) {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(AGED);
    writer.writeString(state);
    return new EntryKey(writer.toByteArray());
  }

  /** Wraps stored bytes. */
  public static EntryKey of(byte[] bytes) {
    return new EntryKey(bytes);
  }

  /** Returns the encoded form, which must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Tells whether this wakes the key: it is a timer or a sweep. */
  public boolean isWakeUp() {
    return bytes[0] == TIMER;
  }

  /** Tells whether this is a timer of the function. */
  public boolean isTimer() {
    return isWakeUp() && bytes[1] < SWEEP;
  }

  /** Tells whether this is the time at which the key is swept for expired entries. */
  public boolean isSweep() {
    return isWakeUp() && bytes[1] >= SWEEP;
  }

  /** Tells whether this is an entry of a state. */
  public boolean isState() {
    return bytes[0] == STATE;
  }

  /** Returns the name of the state that this is an entry of. */
  public String stateName() {
    return stateParts().name();
  }

  /** Returns the kind of the state that this is an entry of, in words: {@code MapState}. */
  public String stateKind() {
    return stateParts().kind().inWords;
  }

  /** Tells whether this is of {@link AgedStates}, which no cell looks at. */
  public boolean isAgedState() {
    return bytes[0] == AGED;
  }

  /** Returns the name of the state that is aged. */
  String agedState() {
    ByteReader reader = new ByteReader(bytes);
    reader.readByte();
    return reader.readString();
  }

  /** Returns what tells the timers of both domains and the sweeps of both domains apart. */
  public byte wakeUpCode() {
    return bytes[1];
  }

  /** Returns the domain of a timer or sweep. */
  public TimeDomain domain() {
    return domainOf(bytes[1]);
  }

  /** Returns the domain that a byte of the stored form stands for, of a timer or of a sweep. */
  public static TimeDomain domainOf(byte code) {
    return code % SWEEP == 0 ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME;
  }

  /** Returns the time of a timer or sweep. */
  public long time() {
    ByteReader reader = new ByteReader(bytes);
    reader.readByte();
    reader.readByte();
    return reader.readLong() ^ Long.MIN_VALUE;
  }

  /** Returns the parts of a state's entry. */
  StateParts stateParts() {
    ByteReader reader = new ByteReader(bytes);
    reader.readByte();
    return new StateParts(
        StateKind.ofCode(reader.readByte()),
        reader.readString(),
        reader.readBytes(),
        reader.readRemaining());
  }

  record StateParts(StateKind kind, String name, byte[] namespace, byte[] entry) {}

  @Override
  public int compareTo(EntryKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof EntryKey that
            && hash == that.hash
            && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    if (isState()) {
      return "state " + stateParts().name();
    }
    if (isAgedState()) {
      return "aged state " + agedState();
    }
    return domain() + (isSweep() ? " sweep " : " timer ") + time();
  }
}
