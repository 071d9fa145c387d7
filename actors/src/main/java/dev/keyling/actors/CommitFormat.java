package dev.keyling.actors;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a commit, which is the event that a key group persists. A large commit is cut in
 * parts, each an event of its own, valid only together with the last one.
 *
 * <p>Part: format (1), flags (bit 0: last part), attempt, id, watermark (8 bytes), then per changed
 * key until the end: the key with its length, the number of changes, per change the entry and the
 * value (its length plus one, 0 for a removal). An entry is a number: 0 and it follows; 1 and it
 * follows and gets the next number from 2 on, by which the part names it again.
 */
public final class CommitFormat {
  private static final int FORMAT = 1;
  private static final int LAST = 1;
  static final int INLINE = 0;
  static final int DEFINED = 1;
  static final int FIRST_NUMBER = 2;
  private static final int MAX_NUMBERS = 1024;

  /**
   * Changes of one key that are never parted: those of a key with more may lie in several parts.
   */
  private static final int CHANGES = 64;

  private CommitFormat() {}

  /** The changes of one key. */
  @SuppressWarnings("ArrayRecordComponent")
  public record KeyDeltas(byte[] key, List<Delta> deltas) {}

  /** What every part says first. */
  public record Header(int attempt, long id, long watermark, boolean last) {}

  /** Takes the changes of a decoded part. */
  public interface Visitor {
    void change(byte[] key, EntryKey entry, byte @Nullable [] value);
  }

  /** Encodes a commit; at least one part. */
  public static List<byte[]> encode(
      int attempt, long id, long watermark, List<KeyDeltas> keys, int partBytes) {
    List<byte[]> parts = new ArrayList<>();
    ByteWriter writer = header(attempt, id, watermark);
    Map<EntryKey, Integer> numbers = new HashMap<>();
    for (KeyDeltas key : keys) {
      List<Delta> deltas = key.deltas();
      for (int from = 0; from < deltas.size(); from += CHANGES) {
        if (writer.size() > partBytes) {
          parts.add(writer.toByteArray());
          writer = header(attempt, id, watermark);
          numbers.clear();
        }
        int to = Math.min(deltas.size(), from + CHANGES);
        write(key.key(), deltas.subList(from, to), writer, numbers);
      }
    }
    byte[] last = writer.toByteArray();
    last[1] |= LAST;
    parts.add(last);
    return parts;
  }

  private static ByteWriter header(int attempt, long id, long watermark) {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(FORMAT);
    writer.writeByte(0);
    writer.writeVarInt(attempt);
    writer.writeVarLong(id);
    writer.writeLong(watermark);
    return writer;
  }

  private static void write(
      byte[] key, List<Delta> deltas, ByteWriter writer, Map<EntryKey, Integer> numbers) {
    writer.writeBytes(key);
    writer.writeVarInt(deltas.size());
    for (Delta delta : deltas) {
      write(delta.entry(), writer, numbers);
      EntryValue value = delta.value();
      if (value == null) {
        writer.writeVarInt(0);
      } else {
        byte[] bytes = value.bytes();
        writer.writeVarInt(bytes.length + 1);
        writer.writeRaw(bytes);
      }
    }
  }

  private static void write(EntryKey entry, ByteWriter writer, Map<EntryKey, Integer> numbers) {
    Integer number = entry.isWakeUp() ? null : numbers.get(entry);
    if (number != null) {
      writer.writeVarInt(number);
    } else if (entry.isWakeUp() || numbers.size() == MAX_NUMBERS) {
      writer.writeVarInt(INLINE);
      writer.writeBytes(entry.bytes());
    } else {
      numbers.put(entry, FIRST_NUMBER + numbers.size());
      writer.writeVarInt(DEFINED);
      writer.writeBytes(entry.bytes());
    }
  }

  /**
   * Reads what a part says first.
   *
   * @throws IllegalArgumentException if this is no part of a commit, or of a later format
   */
  public static Header header(byte[] part) {
    return header(new ByteReader(part));
  }

  static Header header(ByteReader reader) {
    int format = reader.readByte();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a commit of format " + format + ", this version reads format " + FORMAT);
    }
    boolean last = (reader.readByte() & LAST) != 0;
    return new Header(reader.readVarInt(), reader.readVarLong(), reader.readLong(), last);
  }

  /** Reads the changes of a part, in order. */
  public static void decode(byte[] part, Visitor visitor) {
    new CommitPart(part).decode(visitor);
  }
}
