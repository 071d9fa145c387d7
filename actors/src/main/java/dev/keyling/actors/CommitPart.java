package dev.keyling.actors;

import dev.keyling.bytes.ByteReader;
import dev.keyling.kernel.EntryKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One part of a stored commit, as {@link CommitFormat} lays it out. What it says of one key can be
 * read by itself, once the part has been scanned. For one thread at a time.
 */
final class CommitPart {
  private final byte[] bytes;
  private final List<EntryKey> numbered = new ArrayList<>();

  /** Takes what a scan finds. */
  interface Scan {
    /**
     * The changes of a key.
     *
     * @param at where they are
     * @param hash of the key's bytes
     */
    void key(int at, int hash);

    /** Among them is a timer or a sweep, set or removed. */
    void wakeUp(byte[] key, EntryKey entry, boolean isSet);
  }

  CommitPart(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  /** Returns the hash by which a scan names a key. */
  static int hash(byte[] key) {
    return hash(key, 0, key.length);
  }

  private static int hash(byte[] bytes, int from, int to) {
    CRC32C crc = new CRC32C(); // an instruction of the processor, before anything is compiled
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  /** Looks through the part: where its keys are, and what wakes them. */
  void scan(Scan scan) {
    ByteReader reader = new ByteReader(bytes);
    CommitFormat.header(reader);
    while (reader.remaining() > 0) {
      int at = reader.position();
      int length = reader.readVarInt();
      int from = reader.position();
      reader.skip(length);
      scan.key(at, hash(bytes, from, from + length));
      for (int changes = reader.readVarInt(); changes > 0; changes--) {
        int number = reader.readVarInt();
        EntryKey entry =
            number >= CommitFormat.FIRST_NUMBER ? null : EntryKey.of(reader.readBytes());
        if (number == CommitFormat.DEFINED && entry != null) {
          numbered.add(entry);
        }
        int value = reader.readVarInt();
        reader.skip(Math.max(0, value - 1));
        if (entry != null && entry.isWakeUp()) {
          scan.wakeUp(Arrays.copyOfRange(bytes, from, from + length), entry, value > 0);
        }
      }
    }
  }

  /** Tells whether the changes at this place are those of this key. */
  boolean isOf(byte[] key, int at) {
    ByteReader reader = new ByteReader(bytes).at(at);
    int length = reader.readVarInt();
    int from = reader.position();
    return Arrays.equals(bytes, from, from + length, key, 0, key.length);
  }

  /** Returns the key whose changes are at this place. */
  byte[] keyAt(int at) {
    return new ByteReader(bytes).at(at).readBytes();
  }

  /** Reads the changes at a place that {@link #scan} has named. */
  void decodeAt(int at, CommitFormat.Visitor visitor) {
    decodeKey(new ByteReader(bytes).at(at), false, visitor);
  }

  /** Reads all changes, in order. */
  void decode(CommitFormat.Visitor visitor) {
    ByteReader reader = new ByteReader(bytes);
    CommitFormat.header(reader);
    numbered.clear();
    while (reader.remaining() > 0) {
      decodeKey(reader, true, visitor);
    }
  }

  private void decodeKey(ByteReader reader, boolean isFirstTime, CommitFormat.Visitor visitor) {
    byte[] key = reader.readBytes();
    for (int changes = reader.readVarInt(); changes > 0; changes--) {
      EntryKey entry = readEntry(reader, isFirstTime);
      int length = reader.readVarInt();
      visitor.change(key, entry, length == 0 ? null : reader.readRaw(length - 1));
    }
  }

  private EntryKey readEntry(ByteReader reader, boolean isFirstTime) {
    int number = reader.readVarInt();
    if (number >= CommitFormat.FIRST_NUMBER) {
      return numbered.get(number - CommitFormat.FIRST_NUMBER);
    }
    EntryKey entry = EntryKey.of(reader.readBytes());
    if (number == CommitFormat.DEFINED && isFirstTime) {
      numbered.add(entry);
    }
    return entry;
  }
}
