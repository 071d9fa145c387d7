package dev.keyling.persistence.savepoint;

import java.util.Set;

/**
 * One file of a savepoint: what one key group of one step holds.
 *
 * @param group number of the key group, from 0
 * @param name name of the file in the savepoint's directory
 * @param size in bytes
 * @param crc32c checksum of all its bytes
 * @param keys how many keys it has, that of the group itself included
 * @param entries how many entries its keys have
 * @param states the states of which it has entries
 */
public record GroupFile(
    int group,
    String name,
    long size,
    int crc32c,
    long keys,
    long entries,
    Set<SavedState> states) {

  /**
   * Returns the name of the file of a key group; steps are counted from 0 as the manifest has them.
   */
  public static String nameOf(int step, int group) {
    return "step-" + step + "-group-" + group + ".keys";
  }
}
