package dev.keyling.persistence.leveldb.rows;

import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.KeyWriter;
import dev.keyling.persistence.leveldb.record.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stored keys of one key group; see {@link Tag}. Immutable. */
public final class GroupKeys {

  /** Bytes of the version at the end of a row's or timer's key. */
  static final int VERSION = Long.BYTES;

  private static final int TIMER_ENTRY = 10;

  private final byte[] group;
  private final byte[] rows;
  private final byte[] timers;
  private final byte[] debts;

  /** Lays out the keys of a group. */
  public GroupKeys(GroupAddress address) {
    group =
        new KeyWriter()
            .put(Tag.GROUP)
            .terminated(address.dataflow())
            .terminated(address.step())
            .putInt(address.group())
            .toBytes();
    rows = new KeyWriter(group).put(Tag.GROUP_ROW).toBytes();
    timers = new KeyWriter(group).put(Tag.GROUP_TIMER).toBytes();
    debts = new KeyWriter(group).put(Tag.GROUP_DEBT).toBytes();
  }

  /** Start of everything that is stored of the group. */
  byte[] all() {
    return group;
  }

  /** Start of all rows. */
  byte[] rows() {
    return rows;
  }

  /** Start of the timer index. */
  public byte[] timers() {
    return timers;
  }

  byte[] debts() {
    return debts;
  }

  /** Key of the mark. */
  public byte[] mark() {
    return new KeyWriter(group).put(Tag.GROUP_MARK).toBytes();
  }

  byte[] filter() {
    return new KeyWriter(group).put(Tag.GROUP_FILTER).toBytes();
  }

  /** Key of the record with this number, from 0, of what was added to the filter. */
  byte[] addedToFilter(int number) {
    return new KeyWriter(filter()).putInt(number).toBytes();
  }

  /** Start of the rows of one key. */
  public byte[] rowsOf(byte[] key) {
    return new KeyWriter(rows).terminated(key).toBytes();
  }

  /** Where the rows of the keys behind this one begin. */
  byte[] behindRowsOf(byte[] key) {
    byte[] behind = rowsOf(key);
    behind[behind.length - 1]++; // the end of a terminated part, below what follows a zero in a key
    return behind;
  }

  /** Start of the versions of one entry. */
  public byte[] versionsOf(byte[] key, byte[] entry) {
    return new KeyWriter(rows).terminated(key).terminated(entry).toBytes();
  }

  /** Start of the versions of the entry that a debt names. */
  byte[] versionsOfDebt(byte[] debtKey) {
    int suffix = debts.length + Long.BYTES;
    return new KeyWriter(rows).raw(Arrays.copyOfRange(debtKey, suffix, debtKey.length)).toBytes();
  }

  /** Key of one version, for rows and timers alike. */
  public static byte[] version(byte[] versions, long id) {
    return new KeyWriter(versions).descending(id).toBytes();
  }

  /** Returns the id at the end of a row's or timer's key. */
  static long idOf(byte[] storedKey) {
    return new KeyReader(storedKey, storedKey.length - VERSION).descending();
  }

  /** Key of the debt to tidy the entry with these versions once {@code due} is the oldest. */
  byte[] debt(long due, byte[] versions) {
    return new KeyWriter(debts)
        .ascending(due)
        .raw(Arrays.copyOfRange(versions, rows.length, versions.length))
        .toBytes();
  }

  long dueOf(byte[] debtKey) {
    return new KeyReader(debtKey, debts.length).ascending();
  }

  /** Start of the versions of an entry in the timer index, or null if the entry is no timer. */
  public byte @Nullable [] timerVersions(byte[] versions) {
    KeyReader reader = new KeyReader(versions, rows.length);
    byte[] key = reader.terminated();
    byte[] entry = reader.terminated();
    if (!isTimer(entry)) {
      return null;
    }
    byte[] domainAndTime = Arrays.copyOfRange(entry, 1, TIMER_ENTRY);
    return new KeyWriter(timers).raw(domainAndTime).terminated(key).toBytes();
  }

  /**
   * Tells whether an entry is a timer.
   *
   * @throws IllegalArgumentException if it starts like one and is not
   */
  static boolean isTimer(byte[] entry) {
    if (entry.length == 0 || entry[0] != Row.TIMER) {
      return false;
    }
    if (entry.length != TIMER_ENTRY) {
      throw new IllegalArgumentException(
          "a timer entry has " + TIMER_ENTRY + " bytes, not " + entry.length);
    }
    return true;
  }
}
