package dev.keyling.persistence.leveldb;

/**
 * The first byte of every stored key. Layout of format 1, where {@code <x>} is a byte string with
 * 00 written as 00 FF and ended by 00 01, numbers are big-endian, and every value starts with the
 * CRC32C of key and rest (see {@link Sealed}):
 *
 * <pre>
 * 01                                        newest batch: number, chain (see {@link BatchChain})
 * 10 &lt;persistence id&gt; sequenceNr           event (see {@link EventRecord})
 * 11 &lt;persistence id&gt;                      journal floor: highest, deleted to, purged to
 * 12 &lt;persistence id&gt; sequenceNr           snapshot, without its data (see {@link SnapshotHead})
 * 13 &lt;persistence id&gt; sequenceNr number(4) a piece of the data of a snapshot
 * 20 group 01 &lt;key&gt; &lt;entry&gt; ~id           row: 01 value, or 00 for a tombstone
 * 20 group 02 domain time &lt;key&gt; ~id        timer: 01, or 00 for a tombstone
 * 20 group 03 due &lt;key&gt; &lt;entry&gt;          this entry can be tidied when checkpoint "due" is the oldest
 * 20 group 04                               mark of the last flush, and its history
 * 20 group 05                               filter of the keys that have rows (see {@link GroupFilter})
 * 20 group 05 n(4)                          hashes of keys that were added to it since
 * FF                                        creation id
 * </pre>
 *
 * where group is {@code <dataflow> <step> number(4)}, and ~id sorts the newest version first.
 */
final class Tag {

  static final byte BATCH = 0x01;
  static final byte EVENT = 0x10;
  static final byte FLOOR = 0x11;
  static final byte SNAPSHOT = 0x12;
  static final byte SNAPSHOT_DATA = 0x13;
  static final byte GROUP = 0x20;

  /** The last key of every store. Something always follows a journal: seeking backwards is safe. */
  static final byte CREATION = (byte) 0xFF;

  static final byte GROUP_ROW = 0x01;
  static final byte GROUP_TIMER = 0x02;
  static final byte GROUP_DEBT = 0x03;
  static final byte GROUP_MARK = 0x04;
  static final byte GROUP_FILTER = 0x05;

  private Tag() {}
}
