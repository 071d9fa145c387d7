package dev.keyling.persistence.leveldb.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file in LevelDB's log format (logs and manifests): blocks of 32 KiB with fragments of
 * records, each with its checksum. Unlike LevelDB it does not step over damage silently.
 */
final class LogFile {

  /**
   * One whole record.
   *
   * @param start offset of its first fragment
   * @param end offset behind its last fragment
   * @param bytes the record
   */
  record Entry(long start, long end, ByteBuffer bytes) {}

  /**
   * What a file holds.
   *
   * @param entries records up to the first damage
   * @param damage offset of the first damage, or null if there is none
   * @param later records and whole fragments were found behind the damage: not a torn tail
   * @param behind whole records behind the damage
   * @param neverWritten the damage is a page that never reached the disk, as after a power cut, or
   *     the end of the file
   */
  record Content(
      List<Entry> entries,
      @Nullable Long damage,
      boolean later,
      List<Entry> behind,
      boolean neverWritten) {

    /** Returns the offset behind the last record before the damage. */
    long end() {
      return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
    }
  }

  private static final int BLOCK = 32768;
  private static final int HEADER = 7;
  private static final int PAGE = 4096;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  private final ByteBuffer file;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Entry> behind = new ArrayList<>();
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private int partsStart = -1;

  /** Offset of the first spot without a valid fragment, and what is known about such spots. */
  private @Nullable Long gap;

  private boolean gapIsRoom = true;
  private boolean later;
  private boolean neverWritten;

  private LogFile(byte[] bytes) {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads a file; it must not be written to meanwhile. */
  static Content read(Path path) throws IOException {
    return new LogFile(Files.readAllBytes(path)).scan();
  }

  private Content scan() {
    int position = 0;
    while (position < file.limit()) {
      int blockEnd = Math.min(position - position % BLOCK + BLOCK, file.limit());
      int length = blockEnd - position < HEADER ? 0 : file.getShort(position + 4) & 0xFFFF;
      int end = position + HEADER + length;
      if (blockEnd - position < HEADER) {
        position = blockEnd;
      } else if (end <= blockEnd && isIntact(position, length)) {
        fragment(file.get(position + 6), position, end);
        position = end;
      } else {
        noteGap(position, blockEnd, length == 0 && file.get(position + 6) == 0);
        position = blockEnd;
      }
    }
    boolean endsInARecord = gap == null && partsStart >= 0;
    return new Content(entries, damage(), later, behind, neverWritten || endsInARecord);
  }

  /** Room that was taken in advance is no damage, unless it cuts a record or something follows. */
  private @Nullable Long damage() {
    if (gap != null && (later || !gapIsRoom)) {
      return gap;
    }
    return partsStart >= 0 ? Long.valueOf(partsStart) : null;
  }

  private void noteGap(int position, int blockEnd, boolean isRoom) {
    if (gap == null) {
      gap = (long) (partsStart >= 0 ? partsStart : position);
    }
    gapIsRoom &= isRoom;
    int page = (position + PAGE - 1) / PAGE * PAGE;
    for (; page + PAGE <= blockEnd && !neverWritten; page += PAGE) {
      neverWritten = isEmptyPage(page);
    }
  }

  private void fragment(int type, int position, int end) {
    if (gap != null && !later) {
      later = true;
      partsStart = -1;
    }
    if (type == FULL || type == FIRST) {
      if (partsStart >= 0) { // the record before has no end
        gap = gap == null ? Long.valueOf(partsStart) : gap;
        later = true;
      }
      parts.reset();
      partsStart = position;
    }
    parts.write(file.array(), position + HEADER, end - position - HEADER);
    if ((type == FULL || type == LAST) && partsStart >= 0) {
      ByteBuffer bytes = ByteBuffer.wrap(parts.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
      (gap == null ? entries : behind).add(new Entry(partsStart, end, bytes));
      partsStart = -1;
    }
  }

  private boolean isIntact(int position, int length) {
    return file.getInt(position) == FileChecksum.of(file, position + 6, length + 1);
  }

  private boolean isEmptyPage(int page) {
    for (int i = page; i < page + PAGE; i++) {
      if (file.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
