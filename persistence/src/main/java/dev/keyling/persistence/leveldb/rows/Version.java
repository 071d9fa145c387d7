package dev.keyling.persistence.leveldb.rows;

import dev.keyling.persistence.History;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of an entry while a flush decides what to keep.
 *
 * @param id commit id
 * @param isLive false for a tombstone
 * @param isStored it is in the store now
 * @param isFresh it comes with this flush, and replaces what is stored
 * @param value its value if it is fresh and live
 */
@SuppressWarnings("ArrayRecordComponent")
record Version(
    long id, boolean isLive, boolean isStored, boolean isFresh, byte @Nullable [] value) {

  /**
   * Returns the versions somebody may still ask for.
   *
   * @param versions all versions of one entry, newest first
   * @param oldestRetained the oldest checkpoint that may still be restored
   */
  static List<Version> needed(List<Version> versions, History history, long oldestRetained) {
    List<Version> needed = new ArrayList<>(versions.size());
    for (Version version : versions) {
      boolean counts = history.contains(version.id);
      if (counts || version.id > history.newest()) {
        needed.add(version);
      }
      if (counts && version.id <= oldestRetained) {
        break;
      }
    }
    // a tombstone with nothing below says the same as nothing
    while (!needed.isEmpty() && !needed.get(needed.size() - 1).isLive) {
      needed.remove(needed.size() - 1);
    }
    return needed;
  }
}
