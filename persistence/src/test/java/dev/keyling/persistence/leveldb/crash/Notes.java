package dev.keyling.persistence.leveldb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What was acknowledged to a {@link Scribe}: what it noted, in the order of the answers.
 *
 * @param events newest acknowledged sequence number of each id
 * @param flushes newest acknowledged flush of each group
 * @param count acknowledged events
 */
@SuppressWarnings("ArrayRecordComponent")
record Notes(long[] events, long[] flushes, long count) {

  static final byte EVENT = 'e';
  static final byte FLUSH = 'f';
  private static final int LINE = 13;

  static byte[] line(byte kind, int which, long number) {
    return ByteBuffer.allocate(LINE).put(kind).putInt(which).putLong(number).array();
  }

  /** Reads everything that was acknowledged: what the death of the process must not lose. */
  static Notes all(Path file) throws IOException {
    return read(file, false);
  }

  /**
   * Reads what was acknowledged up to the last synchronized write: a power cut must not lose it.
   */
  static Notes synced(Path file) throws IOException {
    return read(file, true);
  }

  private static Notes read(Path file, boolean untilSync) throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int end = bytes.length / LINE * LINE;
    while (untilSync && end > 0 && !isSynced(ByteBuffer.wrap(bytes, end - LINE, LINE))) {
      end -= LINE;
    }
    Notes notes = new Notes(new long[Manuscript.IDS], new long[Manuscript.GROUPS], 0);
    long count = 0;
    for (ByteBuffer in = ByteBuffer.wrap(bytes, 0, end); in.hasRemaining(); ) {
      boolean isEvent = in.get() == EVENT;
      long[] newest = isEvent ? notes.events : notes.flushes;
      newest[in.getInt()] = in.getLong();
      count += isEvent ? 1 : 0;
    }
    return new Notes(notes.events, notes.flushes, count);
  }

  private static boolean isSynced(ByteBuffer line) {
    return line.get() == EVENT
        && Manuscript.durability(line.getInt()) == dev.keyling.persistence.Durability.DISK;
  }

  /** Checks that a store holds all of this, and nothing that was never written. */
  void checkAgainst(LevelDbStore store) {
    Manuscript.check(store);
    for (int i = 0; i < events.length; i++) {
      assertThat(Stores.journal(store).readHighest(Manuscript.id(i)))
          .as("newest event of %s", Manuscript.id(i))
          .isGreaterThanOrEqualTo(events[i]);
    }
    for (int i = 0; i < flushes.length; i++) {
      assertThat(Manuscript.flushed(store, i))
          .as("newest flush of group %d", i)
          .isGreaterThanOrEqualTo(flushes[i]);
    }
  }

  /** Opens a store, checks it, and closes it. */
  void checkAgainst(Path dir) {
    try (LevelDbStore store = LevelDbStore.open(Manuscript.settings(dir, 0), report -> {})) {
      checkAgainst(store);
    }
  }
}
