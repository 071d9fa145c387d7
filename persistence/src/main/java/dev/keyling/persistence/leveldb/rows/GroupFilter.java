package dev.keyling.persistence.leveldb.rows;

import dev.keyling.persistence.KeyFilter;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The filter of the keys of one key group that have rows. Stored with them: each flush writes what
 * it adds, and the whole filter when the additions have grown to half of its size. Keys that are
 * gone stay in it, until it is full and made anew from the rows.
 *
 * <p>Any thread may ask. Flushes change it, one at a time.
 */
final class GroupFilter implements KeyFilter {

  private final GroupKeys keys;

  /** Null: any key may have rows, in a store that was written before there were filters. */
  private volatile @Nullable BlockedBloom bloom;

  /** Whether the stored filter may lack something that this one has. */
  private volatile boolean unsaved;

  private int size;
  private int records;
  private int recorded;
  private long gone;

  private GroupFilter(GroupKeys keys) {
    this.keys = keys;
  }

  /** Reads the filter of a group. */
  static GroupFilter read(GroupKeys keys, Database database) {
    GroupFilter filter = new GroupFilter(keys);
    byte[] prefix = keys.filter();
    try (Cursor cursor = database.cursor(false)) {
      boolean hasRows = cursor.seek(keys.mark()).isIn(keys.mark());
      cursor.seek(prefix);
      if (cursor.isIn(prefix) && Arrays.equals(cursor.key(), prefix)) {
        filter.load(cursor, prefix);
      } else if (!hasRows) {
        filter.bloom = BlockedBloom.withRoomFor(0);
        filter.unsaved = true;
      }
    }
    return filter;
  }

  private void load(Cursor cursor, byte[] prefix) {
    ByteBuffer body = cursor.body();
    size = body.getInt();
    BlockedBloom stored = BlockedBloom.read(body);
    for (cursor.next(); cursor.isIn(prefix); cursor.next()) {
      ByteBuffer added = cursor.body();
      recorded += added.remaining() / Long.BYTES;
      records++;
      while (added.hasRemaining()) {
        stored.add(added.getLong());
      }
    }
    size += recorded;
    bloom = stored;
  }

  @Override
  public boolean mayContain(byte[] key) {
    BlockedBloom known = bloom;
    return known == null || known.mayContain(BlockedBloom.hash(key));
  }

  /** Adds the keys of these rows, and what that changes in the store. */
  void add(List<Row> rows, Changes changes) {
    if (bloom == null) {
      return; // what is not known cannot be added to; it is made after the flush
    }
    long[] hashes =
        rows.stream().filter(row -> row.value() != null).mapToLong(GroupFilter::hash).toArray();
    boolean whole = unsaved;
    unsaved = true; // whatever is thrown before the changes are complete
    if (whole && size == 0) {
      bloom = BlockedBloom.withRoomFor(2L * hashes.length);
    }
    BlockedBloom known = bloom;
    long[] added = LongStream.of(hashes).filter(known::add).toArray();
    size += added.length;
    if (whole || 2L * Long.BYTES * (recorded + added.length) > known.bytes()) {
      putWhole(known, changes);
    } else if (added.length > 0) {
      ByteBuffer body = ByteBuffer.allocate(Long.BYTES * added.length);
      body.asLongBuffer().put(added);
      byte[] key = keys.addedToFilter(records++);
      changes.put(key, Sealed.seal(key, body.array()));
      recorded += added.length;
    }
    unsaved = false;
  }

  private static long hash(Row row) {
    return BlockedBloom.hash(row.key());
  }

  private void putWhole(BlockedBloom whole, Changes changes) {
    for (int record = 0; record < records; record++) {
      changes.delete(keys.addedToFilter(record));
    }
    ByteBuffer body = ByteBuffer.allocate(Integer.BYTES + whole.bytes()).putInt(size);
    whole.write(body);
    changes.put(keys.filter(), Sealed.seal(keys.filter(), body.array()));
    records = 0;
    recorded = 0;
  }

  /** So many entries of keys are gone from the rows. */
  void gone(int entries) {
    gone += entries;
  }

  /** The changes were not written. */
  void lost() {
    unsaved = true;
  }

  /** Tells whether it is time to make it anew. */
  boolean isWorn() {
    BlockedBloom known = bloom;
    return known == null || Math.max(size, gone) > known.capacity();
  }

  /** Makes the filter anew from the rows: one look at each key. */
  Changes renew(Cursor cursor) {
    LongStream.Builder hashes = LongStream.builder();
    for (cursor.seek(keys.rows()); cursor.isIn(keys.rows()); ) {
      byte[] key = new KeyReader(cursor.key(), keys.rows().length).terminated();
      hashes.add(BlockedBloom.hash(key));
      byte[] behind = keys.rowsOf(key);
      behind[behind.length - 1]++;
      cursor.advanceTo(behind);
    }
    long[] all = hashes.build().toArray();
    BlockedBloom renewed = BlockedBloom.withRoomFor(2L * all.length);
    LongStream.of(all).forEach(renewed::add);
    bloom = renewed;
    size = all.length;
    gone = 0;
    Changes changes = new Changes();
    putWhole(renewed, changes);
    unsaved = false;
    return changes;
  }
}
