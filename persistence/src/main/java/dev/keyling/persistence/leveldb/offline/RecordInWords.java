package dev.keyling.persistence.leveldb.offline;

import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.KeyText;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Tag;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Says which record a stored key stands for. */
final class RecordInWords {

  private RecordInWords() {}

  /** Returns words for a key; never throws. */
  static String of(byte[] key) {
    try {
      KeyReader reader = new KeyReader(key, 0);
      return switch (reader.next()) {
        case Tag.BATCH -> "the newest batch";
        case Tag.EVENT -> {
          String id = text(reader);
          yield "event " + reader.nextLong() + " of " + id;
        }
        case Tag.FLOOR -> "the floor of journal " + text(reader);
        case Tag.SNAPSHOT -> {
          String id = text(reader);
          yield "snapshot " + reader.nextLong() + " of " + id;
        }
        case Tag.SNAPSHOT_DATA -> {
          String id = text(reader);
          yield "data of snapshot " + reader.nextLong() + " of " + id;
        }
        case Tag.GROUP -> ofGroup(reader);
        case Tag.CREATION -> "the creation id";
        default -> hex(key);
      };
    } catch (RuntimeException e) {
      return hex(key);
    }
  }

  private static String ofGroup(KeyReader reader) {
    String group = text(reader) + "/" + text(reader) + "/" + reader.nextInt();
    return switch (reader.next()) {
      case Tag.GROUP_ROW -> {
        String row = row(reader) + " in " + group;
        yield row + ", version " + reader.descending();
      }
      case Tag.GROUP_TIMER -> {
        String timer = EntryKey.domainOf(reader.next()) + " at " + reader.ascending();
        yield "timer index: " + timer + " of key " + key(reader) + " in " + group;
      }
      case Tag.GROUP_DEBT -> {
        long due = reader.ascending();
        yield "debt due at " + due + ": " + row(reader) + " in " + group;
      }
      case Tag.GROUP_MARK -> "the mark of " + group;
      case Tag.GROUP_FILTER -> "the filter of " + group;
      default -> throw new IllegalArgumentException("no part of a key group");
    };
  }

  private static String row(KeyReader reader) {
    String key = key(reader);
    return EntryKey.of(reader.terminated()) + " of key " + key;
  }

  private static String key(KeyReader reader) {
    return KeyText.describe(reader.terminated());
  }

  private static String text(KeyReader reader) {
    return new String(reader.terminated(), StandardCharsets.UTF_8);
  }

  private static String hex(byte[] key) {
    return "the record " + HexFormat.of().formatHex(key);
  }
}
