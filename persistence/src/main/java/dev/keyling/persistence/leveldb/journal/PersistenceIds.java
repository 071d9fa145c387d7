package dev.keyling.persistence.leveldb.journal;

import dev.keyling.bytes.Utf8;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.KeyWriter;
import dev.keyling.persistence.leveldb.record.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All persistence ids of a store, in the order of their bytes. An id is known as long as it has an
 * event, a snapshot, or a highest sequence number that outlived its events. Thread-safe.
 */
final class PersistenceIds {

  /** What an id is known by. One portion keeps a cursor on each. */
  private static final byte[] KINDS = {Tag.EVENT, Tag.FLOOR, Tag.SNAPSHOT};

  private final Database database;

  PersistenceIds(Database database) {
    this.database = database;
  }

  /** Returns the next ids behind this one, or the first ones; empty at the end. Blocks. */
  List<String> next(@Nullable String after, int max) {
    List<String> ids = new ArrayList<>();
    byte[] escaped = after == null ? null : new KeyWriter().terminated(after).toBytes();
    try (Walk events = new Walk(KINDS[0], escaped);
        Walk floors = new Walk(KINDS[1], escaped);
        Walk snapshots = new Walk(KINDS[2], escaped)) {
      while (ids.size() < max) {
        byte[] first =
            Stream.of(events, floors, snapshots)
                .flatMap(walk -> Stream.ofNullable(walk.id))
                .min(Arrays::compareUnsigned)
                .orElse(null);
        if (first == null) {
          break;
        }
        ids.add(Utf8.decode(new KeyReader(first, 0).terminated()));
        events.leave(first);
        floors.leave(first);
        snapshots.leave(first);
      }
    }
    return ids;
  }

  /** Walks over the ids below one tag. */
  private final class Walk implements AutoCloseable {
    private final byte tag;
    private final Cursor cursor = database.cursor(false);

    /** Where the walk is, as in the key; null at the end. */
    private byte @Nullable [] id;

    Walk(byte tag, byte @Nullable [] after) {
      this.tag = tag;
      cursor.seek(after == null ? new byte[] {tag} : behind(after));
      read();
    }

    /** Goes to the next id if it is at this one. */
    void leave(byte[] done) {
      if (Arrays.equals(id, done)) {
        cursor.advanceTo(behind(done));
        read();
      }
    }

    private void read() {
      if (!cursor.isIn(new byte[] {tag})) {
        id = null;
        return;
      }
      KeyReader key = new KeyReader(cursor.key(), 1);
      byte[] unescaped = key.terminated();
      id = new KeyWriter().terminated(unescaped).toBytes();
    }

    /** Returns a key behind all those of this id: an id ends with 00 01. */
    private byte[] behind(byte[] escaped) {
      byte[] key = new KeyWriter().put(tag).raw(escaped).toBytes();
      key[key.length - 1]++;
      return key;
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
