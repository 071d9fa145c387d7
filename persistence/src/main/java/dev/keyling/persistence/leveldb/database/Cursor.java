package dev.keyling.persistence.leveldb.database;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Lock;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * A position in a snapshot of the store. Holds the store open until it is closed, which the thread
 * that opened it does. Not thread-safe.
 */
public final class Cursor implements AutoCloseable {

  /** Steps that are cheaper than one seek. */
  private static final int STEPS = 4;

  private final DBIterator iterator;
  private final Lock held;
  private final int salt;
  private Map.@Nullable Entry<byte[], byte[]> current;

  /** Takes a snapshot; {@code held} is locked already and is unlocked at close. */
  Cursor(DB db, boolean fillCache, Lock held, int salt) {
    this.salt = salt;
    this.held = held;
    this.iterator = db.iterator(new ReadOptions().verifyChecksums(true).fillCache(fillCache));
  }

  /** Goes to the first key that is not before this one. */
  public Cursor seek(byte[] key) {
    return move(
        () -> {
          iterator.seek(key);
          return iterator.hasNext() ? iterator.next() : null;
        });
  }

  /** Like {@link #seek}, for a key that is not before the current position: cheap if near. */
  public Cursor advanceTo(byte[] key) {
    for (int i = 0; i < STEPS && current != null; i++) {
      if (Arrays.compareUnsigned(current.getKey(), key) >= 0) {
        return this;
      }
      next();
    }
    return current != null && Arrays.compareUnsigned(current.getKey(), key) >= 0 ? this : seek(key);
  }

  /** Goes to the last key before this one. Something must be stored behind it. */
  public Cursor seekBefore(byte[] key) {
    return move(
        () -> {
          iterator.seek(key);
          return iterator.prev();
        });
  }

  /** Goes to the next key. After {@link #seekBefore}, seek first. */
  public Cursor next() {
    return move(() -> iterator.hasNext() ? iterator.next() : null);
  }

  /** Tells whether the cursor is at a key that starts with this prefix. */
  public boolean isIn(byte[] prefix) {
    return current != null && KeyReader.startsWith(current.getKey(), prefix);
  }

  /** Returns the key at the cursor. */
  public byte[] key() {
    return entry().getKey();
  }

  /** Returns how many bytes key and value at the cursor have. */
  public int size() {
    return entry().getKey().length + entry().getValue().length;
  }

  /** Returns the checked body of the value at the cursor. */
  public ByteBuffer body() {
    return Sealed.open(entry().getKey(), entry().getValue(), salt);
  }

  @Override
  public void close() {
    try {
      iterator.close();
    } catch (java.io.IOException e) {
      throw new StoreException("cannot close a reader of the store", e);
    } finally {
      held.unlock();
    }
  }

  private Map.Entry<byte[], byte[]> entry() {
    if (current == null) {
      throw new NoSuchElementException("the cursor is behind the last key");
    }
    return current;
  }

  private interface Move {
    Map.@Nullable Entry<byte[], byte[]> go();
  }

  private Cursor move(Move move) {
    try {
      current = move.go();
      return this;
    } catch (NoSuchElementException e) {
      current = null;
      return this;
    } catch (RuntimeException e) {
      throw new StoreException(
          "cannot read the store: " + e.getMessage() + "; restore it from a savepoint or a copy",
          e);
    }
  }
}
