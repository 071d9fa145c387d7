package dev.keyling.persistence.leveldb.offline;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is in a store, in numbers.
 *
 * @param format version of the stored layout
 * @param owner whom it belongs to, empty for anybody
 * @param keyGroups key groups per step
 * @param creation made up when the store was made
 * @param files by kind
 * @param steps by dataflow and step
 * @param journals all journals that are not of key groups
 */
public record StoreStats(
    int format,
    String owner,
    int keyGroups,
    UUID creation,
    List<FileKind> files,
    List<Step> steps,
    Journals journals) {

  /** Files of one kind: {@code tables}, {@code logs}, {@code other}. */
  public record FileKind(String kind, int count, long bytes) {}

  /** Journals, their events, and the bytes of the events. */
  public record Journals(long ids, long events, long bytes) {}

  /**
   * One keyed step.
   *
   * @param groups key groups with data
   * @param keys keys with rows
   * @param rows entries of keys, timers included
   * @param versions versions of these entries
   * @param tombstones versions that say the entry was removed
   * @param timers entries that are timers and not removed
   * @param debts entries that wait to be tidied
   * @param events events in the journals of the key groups, not in rows yet perhaps
   * @param eventBytes their size
   * @param oldestCommit the smallest commit id in rows, null if there are none
   * @param newestCommit the greatest commit id in rows, null if there are none
   * @param sizes of the live values, by what they are
   */
  public record Step(
      String dataflow,
      String step,
      int groups,
      long keys,
      long rows,
      long versions,
      long tombstones,
      long timers,
      long debts,
      long events,
      long eventBytes,
      @Nullable Long oldestCommit,
      @Nullable Long newestCommit,
      List<Sizes> sizes) {}

  /** Sizes in bytes of values of one kind, such as those of a state. */
  public record Sizes(String of, long count, long bytes, long min, long max, long average) {}
}
