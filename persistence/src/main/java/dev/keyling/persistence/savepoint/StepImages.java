package dev.keyling.persistence.savepoint;

import java.util.Iterator;

/**
 * What the keys of a step hold, key group by key group. An iterator holds no file open, gives keys
 * in byte order, and throws {@link dev.keyling.persistence.StoreException} where something is
 * damaged.
 */
public interface StepImages {

  /** Returns the number of key groups. */
  int keyGroups();

  /** Returns the keys of a key group, from 0, in byte order; first what it keeps for itself. */
  Iterator<StoredImage> group(int group);
}
