package dev.keyling.persistence.leveldb.record;

/**
 * The first byte of every stored key. Layout of format 1, where {@code <x>} is a byte string with
 * 00 written as 00 FF and ended by 00 01, numbers are big-endian, and every value starts with the
 * CRC32C of key and rest (see {@link Sealed}):
 *
 * <pre>
 * 01                                        newest batch: number, chain (see {@link BatchChain})
 * 10 &lt;persistence id&gt; sequenceNr           event (see {@code EventRecord})
 * 11 &lt;persistence id&gt;                      journal floor: highest, deleted to, purged to
 * 12 &lt;persistence id&gt; sequenceNr           snapshot, without its data (see {@code SnapshotHead})
 * 13 &lt;persistence id&gt; sequenceNr number(4) a piece of the data of a snapshot
 * 20 group 01 &lt;key&gt; &lt;entry&gt; ~id           row: 01 value, or 00 for a tombstone
 * 20 group 02 domain time &lt;key&gt; ~id        timer: 01, or 00 for a tombstone
 * 20 group 03 due &lt;key&gt; &lt;entry&gt;          this entry can be tidied when checkpoint "due" is the oldest
 * 20 group 04                               mark of the last flush, and its history
 * 20 group 05                               filter of the keys that have rows (see {@code GroupFilter})
 * 20 group 05 n(4)                          hashes of keys that were added to it since
 * FF                                        creation id
 * </pre>
 *
 * where group is {@code <dataflow> <step> number(4)}, and ~id sorts the newest version first.
 */
public final class Tag {

  /** The newest batch. */
  public static final byte BATCH = 0x01;

  /** An event. */
  public static final byte EVENT = 0x10;

  /** The floor of a journal. */
  public static final byte FLOOR = 0x11;

  /** A snapshot, without its data. */
  public static final byte SNAPSHOT = 0x12;

  /** A piece of the data of a snapshot. */
  public static final byte SNAPSHOT_DATA = 0x13;

  /** Something of a key group; what it is stands behind the group. */
  public static final byte GROUP = 0x20;

  /** The last key of every store. Something always follows a journal: seeking backwards is safe. */
  public static final byte CREATION = (byte) 0xFF;

  /** A row. */
  public static final byte GROUP_ROW = 0x01;

  /** A timer in the index. */
  public static final byte GROUP_TIMER = 0x02;

  /** An entry that is to be tidied. */
  public static final byte GROUP_DEBT = 0x03;

  /** The mark of the last flush. */
  public static final byte GROUP_MARK = 0x04;

  /** The filter, or an addition to it. */
  public static final byte GROUP_FILTER = 0x05;

  private Tag() {}
}
