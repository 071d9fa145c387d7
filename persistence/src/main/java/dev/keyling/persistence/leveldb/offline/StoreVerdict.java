package dev.keyling.persistence.leveldb.offline;

import java.util.List;

/**
 * What the check of a whole store has found.
 *
 * @param problems the first of them, in the order of the files and keys
 * @param problemCount how many there are
 * @param notes what is no damage but worth knowing, such as a torn tail
 * @param tables tables read
 * @param batches batches in the logs
 * @param records records that count
 * @param changes puts and deletes read, those that others have superseded included
 */
public record StoreVerdict(
    List<Problem> problems,
    long problemCount,
    List<String> notes,
    int tables,
    long batches,
    long records,
    long changes) {

  /**
   * Something that is wrong.
   *
   * @param where file and byte, or a record in words
   */
  public record Problem(String where, String what) {}

  /** Tells whether nothing is wrong. */
  public boolean isClean() {
    return problemCount == 0;
  }
}
