package dev.keyling.persistence.leveldb.snapshots;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.StoredObject;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of all persistence ids of a {@link Database}. One is written by one batch, all or
 * nothing, in the order of the events around it. What is asked of one id happens in the order it
 * was asked for. Thread-safe; what blocks runs in the executors that are handed in.
 */
public final class Snapshots {

  /** Records that one step of deleting takes away: other writes get their turn in between. */
  private static final int PORTION = 1000;

  private final Database database;
  private final Turns turns = new Turns();

  /**
   * The snapshots of a database; there must be one only, because it remembers what is under way.
   */
  public Snapshots(Database database) {
    this.database = database;
  }

  /**
   * Saves a snapshot, over the one with its sequence number if there is one.
   *
   * @param snapshot is called in the executor
   * @return completed when the snapshot is stored as durably as was asked for; if it failed,
   *     nothing has changed
   */
  public CompletableFuture<Void> save(
      String persistenceId, Supplier<Snapshot> snapshot, Durability durability, Executor executor) {
    return turns.take(
        persistenceId,
        executor,
        () -> database.submit(changes(persistenceId, snapshot.get()), durability));
  }

  private Changes changes(String persistenceId, Snapshot snapshot) {
    SnapshotKeys keys = new SnapshotKeys(persistenceId);
    long sequenceNr = snapshot.sequenceNr();
    byte[] bytes = snapshot.data().bytes();
    Changes changes = new Changes();
    int pieces = snapshot.pieces();
    for (int i = 0; i < pieces; i++) {
      int from = i * Snapshot.PIECE;
      byte[] key = keys.data(sequenceNr, i);
      int length = Math.min(Snapshot.PIECE, bytes.length - from);
      byte[] value = new byte[Sealed.ROOM + length];
      System.arraycopy(bytes, from, value, Sealed.ROOM, length);
      changes.put(key, Sealed.sealInPlace(key, value));
    }
    byte[] head = keys.head(sequenceNr);
    ByteBuffer old = database.get(head);
    for (int i = pieces; old != null && i < SnapshotHead.of(old.duplicate()).pieces(); i++) {
      changes.delete(keys.data(sequenceNr, i));
    }
    return changes.put(head, SnapshotHead.toValue(head, snapshot));
  }

  /**
   * Loads the newest snapshot that fits, as it was when the load began; what was saved or deleted
   * before has happened.
   *
   * @return fails if that snapshot is damaged: an older one may lack events that are deleted
   */
  public CompletableFuture<Optional<Snapshot>> load(
      String persistenceId, SnapshotSelectionCriteria criteria, Executor executor) {
    return turns
        .ended(persistenceId)
        .thenApplyAsync(done -> Optional.ofNullable(newest(persistenceId, criteria)), executor);
  }

  private @Nullable Snapshot newest(String persistenceId, SnapshotSelectionCriteria criteria) {
    SnapshotKeys keys = new SnapshotKeys(persistenceId);
    try (Cursor cursor = database.cursor(false)) {
      cursor.seekBefore(keys.behind(criteria.maxSequenceNr()));
      for (; cursor.isIn(keys.heads()); cursor.seekBefore(cursor.key())) {
        long sequenceNr = keys.sequenceNrOf(cursor.key());
        if (sequenceNr < criteria.minSequenceNr()) {
          return null;
        }
        SnapshotHead head = SnapshotHead.of(cursor.body());
        if (isIn(criteria, head)) {
          byte[] data = data(persistenceId, sequenceNr, head, keys, cursor);
          StoredObject object = new StoredObject(head.serializer(), head.manifest(), data);
          return new Snapshot(sequenceNr, head.timestamp(), object, head.metadata());
        }
      }
      return null;
    }
  }

  private static boolean isIn(SnapshotSelectionCriteria criteria, SnapshotHead head) {
    return head.timestamp() >= criteria.minTimestamp()
        && head.timestamp() <= criteria.maxTimestamp();
  }

  private static byte[] data(
      String persistenceId, long sequenceNr, SnapshotHead head, SnapshotKeys keys, Cursor cursor) {
    ByteBuffer data = ByteBuffer.allocate(head.length());
    cursor.seek(keys.data(sequenceNr, 0));
    for (int i = 0; i < head.pieces(); i++, cursor.next()) {
      ByteBuffer piece =
          cursor.isIn(keys.data(sequenceNr, i)) ? cursor.body() : ByteBuffer.allocate(0);
      if (!piece.hasRemaining() || piece.remaining() > data.remaining()) {
        throw damaged(persistenceId, sequenceNr, "lacks piece " + i + " of " + head.pieces());
      }
      data.put(piece);
    }
    if (data.hasRemaining() || SnapshotHead.checksum(data.array()) != head.checksum()) {
      throw damaged(persistenceId, sequenceNr, "is not what was saved");
    }
    return data.array();
  }

  private static StoreException damaged(String persistenceId, long sequenceNr, String how) {
    return new StoreException(
        "snapshot %d of %s %s: restore the store from a copy, or delete this snapshot if all events are there"
            .formatted(sequenceNr, persistenceId, how));
  }

  /**
   * Deletes all snapshots that fit.
   *
   * @return completed when they are gone; a power cut may bring them back
   */
  public CompletableFuture<Void> delete(
      String persistenceId, SnapshotSelectionCriteria criteria, Executor executor) {
    return turns.take(
        persistenceId,
        executor,
        () -> delete(persistenceId, criteria, Math.max(0, criteria.minSequenceNr()), executor));
  }

  private CompletableFuture<Void> delete(
      String persistenceId, SnapshotSelectionCriteria criteria, long from, Executor executor) {
    SnapshotKeys keys = new SnapshotKeys(persistenceId);
    Changes changes = new Changes();
    long next = -1;
    try (Cursor cursor = database.cursor(false)) {
      for (cursor.seek(keys.head(from)); cursor.isIn(keys.heads()); cursor.next()) {
        long sequenceNr = keys.sequenceNrOf(cursor.key());
        if (sequenceNr > criteria.maxSequenceNr()) {
          break;
        }
        if (changes.size() >= PORTION) {
          next = sequenceNr;
          break;
        }
        SnapshotHead head = SnapshotHead.of(cursor.body());
        if (isIn(criteria, head)) {
          changes.delete(cursor.key());
          for (int i = 0; i < head.pieces(); i++) {
            changes.delete(keys.data(sequenceNr, i));
          }
        }
      }
    }
    if (changes.size() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> gone = database.submit(changes, Durability.OS);
    long rest = next;
    return rest < 0
        ? gone
        : gone.thenComposeAsync(done -> delete(persistenceId, criteria, rest, executor), executor);
  }
}
