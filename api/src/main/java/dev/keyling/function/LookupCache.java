package dev.keyling.function;

/**
 * What has been looked up, for as long as it is good. A cache belongs to one lane of a step, so one
 * thread at a time uses it; it is forgotten when the job stops or restarts.
 */
public interface LookupCache<K, V> {

  /**
   * Returns what belongs to a key: what was looked up before, or, if there is none or it is too
   * old, what is looked up now.
   *
   * @throws Exception what the look-up throws; nothing is kept of it then
   */
  V get(K key) throws Exception;

  /** Forgets what was looked up for a key, so that it is looked up again. */
  void remove(K key);
}
