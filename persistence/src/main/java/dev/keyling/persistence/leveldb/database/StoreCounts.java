package dev.keyling.persistence.leveldb.database;

/**
 * What a store has done since it was opened.
 *
 * @param requests writes that were asked for
 * @param batches batches they were gathered into
 * @param syncs batches that were synchronized to the disk
 * @param keysRead keys whose rows were looked for on the disk
 */
public record StoreCounts(long requests, long batches, long syncs, long keysRead) {

  StoreCounts plus(int moreRequests, boolean synced) {
    return new StoreCounts(
        requests + moreRequests, batches + 1, syncs + (synced ? 1 : 0), keysRead);
  }

  /** Returns these with the keys that the rows have read. */
  public StoreCounts withKeysRead(long keys) {
    return new StoreCounts(requests, batches, syncs, keys);
  }
}
