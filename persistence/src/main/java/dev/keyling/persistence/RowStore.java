package dev.keyling.persistence;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the images of keys as immutable, versioned rows: (group, key, entry, commit id) to value or
 * tombstone. A key's image as of a history is, per entry, the newest row that counts.
 *
 * <p>All methods may be called from any thread. Those that read block on the disk: call them on an
 * I/O dispatcher. They throw {@link StoreException} when the store is closed, or when what is
 * stored is damaged; they never return a guess.
 */
public interface RowStore {

  /**
   * Reads the images of these keys, all as of one moment.
   *
   * @return one list per key, in the order of the keys: its live entries in entry-byte order, empty
   *     if the key has none
   */
  List<List<StoredEntry>> read(GroupAddress group, List<byte[]> keys, History history);

  /** Visits every live timer of the group, in (domain, time, key) order, as of one moment. */
  void timers(GroupAddress group, History history, TimerVisitor visitor);

  /**
   * Returns the next keys of the group with at least one live entry, in key order (bytes without
   * sign), as of one moment. Who reads on behind the last of them sees another moment.
   *
   * @param after the key behind which to begin, whether it is stored or not; null for the first
   * @param limit how many at most, at least 1; fewer than that are the last
   */
  List<byte[]> keys(GroupAddress group, History history, byte @Nullable [] after, int limit);

  /** Tells that nothing was ever flushed for this group: it needs no reads. */
  boolean isEmpty(GroupAddress group);

  /** Returns the mark of the last flush, or empty if there was none. */
  Optional<Mark> mark(GroupAddress group);

  /**
   * Returns what tells new keys of this group from stored ones. It follows later flushes: a key is
   * in it before the flush of its first row is complete. Blocks on the disk when first asked for.
   */
  default KeyFilter filter(GroupAddress group) {
    return KeyFilter.EVERY;
  }

  /**
   * Writes rows and mark in one atomic batch. Never blocks; flushes of one group are done in the
   * order of the calls. The same batch removes what nobody can ask for any more: versions
   * superseded by a valid row no newer than {@code oldestRetained}, rows outside of the history,
   * tombstones with nothing below them. Rows above the newest id of the history are left alone. A
   * flush without rows moves the mark and tidies up.
   *
   * @param rows new versions, in any order; several versions of an entry are allowed
   * @param mark how far the rows reach after this flush; its id never goes back
   * @param oldestRetained id of the oldest checkpoint that may still be restored
   * @param history what counts at this moment
   * @return completed when the batch is written (as durable as the operating system); failed with a
   *     {@link StoreException} when it could not be, or when the mark would go back (a zombie)
   */
  CompletionStage<Void> flush(
      GroupAddress group, List<Row> rows, Mark mark, long oldestRetained, History history);
}
