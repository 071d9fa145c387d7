package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Tag;
import dev.keyling.persistence.leveldb.snapshots.SnapshotHead;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Checks that each snapshot has the data that its head tells of, and no data is without a head.
 * Heads come before all data.
 */
final class SnapshotCheck {

  private final Problems problems;

  /** Heads whose data has not been seen to its end, by the key of the head. */
  private final Map<ByteBuffer, SnapshotHead> waiting = new HashMap<>();

  private final CRC32C checksum = new CRC32C();
  private int pieces;
  private int length;

  SnapshotCheck(Problems problems) {
    this.problems = problems;
  }

  void head(byte[] key, KeyReader in, ByteBuffer body) {
    in.terminated();
    in.nextLong();
    in.end();
    SnapshotHead head = SnapshotHead.of(body);
    if (head.pieces() > 0) {
      waiting.put(ByteBuffer.wrap(key), head);
    }
  }

  void piece(byte[] key, KeyReader in, ByteBuffer body) {
    in.terminated();
    in.nextLong();
    byte[] head = Arrays.copyOf(key, in.position());
    head[0] = Tag.SNAPSHOT;
    int number = in.nextInt();
    in.end();
    if (number == 0) {
      checksum.reset();
      pieces = 0;
      length = 0;
    }
    pieces++;
    length += body.remaining();
    checksum.update(body);
    SnapshotHead of = waiting.get(ByteBuffer.wrap(head));
    if (of == null) {
      problems.add(RecordInWords.of(key), "there is no snapshot of this data");
    } else if (number == of.pieces() - 1
        && pieces == of.pieces()
        && length == of.length()
        && (int) checksum.getValue() == of.checksum()) {
      waiting.remove(ByteBuffer.wrap(head));
    }
  }

  /** What still waits has lost data. */
  void end() {
    waiting
        .keySet()
        .forEach(
            key ->
                problems.add(RecordInWords.of(key.array()), "its data is missing or not its own"));
  }
}
