package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Tag;
import dev.keyling.persistence.leveldb.rows.BlockedBloom;
import dev.keyling.persistence.leveldb.rows.GroupKeys;
import dev.keyling.persistence.leveldb.rows.StoredMark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rows of key groups: that timers stand in the index and the index in the rows, that
 * debts are of entries that can be, that whoever has rows has a mark, and that the filter lets all
 * their keys through.
 */
final class GroupCheck implements RecordCheck {

  private final Problems problems;
  private final int keyGroups;

  /** Keys of the index that the rows of this group ask for, with what they must say. */
  private final Map<ByteBuffer, Byte> expected = new HashMap<>();

  private byte[] group = {};
  private GroupKeys layout = new GroupKeys(new GroupAddress("", "", 0));
  private String name = "";
  private boolean hasRows;
  private boolean hasMark = true;

  /** The hashes of the keys that have rows; the filter comes after them. */
  private LongStream.Builder keys = LongStream.builder();

  private byte[] lastKey = {};
  private @Nullable BlockedBloom filter;

  GroupCheck(Problems problems, int keyGroups) {
    this.problems = problems;
    this.keyGroups = keyGroups;
  }

  @Override
  public void record(byte[] key, KeyReader in, ByteBuffer body) {
    String dataflow = new String(in.terminated(), StandardCharsets.UTF_8);
    String step = new String(in.terminated(), StandardCharsets.UTF_8);
    int number = in.nextInt();
    if (!Arrays.equals(group, Arrays.copyOf(key, in.position()))) {
      leave();
      GroupAddress address = new GroupAddress(dataflow, step, number);
      group = Arrays.copyOf(key, in.position());
      layout = new GroupKeys(address);
      name = address.toString();
      if (number >= keyGroups) {
        problems.add(name, "the store has only " + keyGroups + " key groups");
      }
    }
    switch (in.next()) {
      case Tag.GROUP_ROW -> row(key, in, body);
      case Tag.GROUP_TIMER -> timer(key, in, body);
      case Tag.GROUP_DEBT -> {
        in.ascending();
        in.terminated();
        in.terminated();
        in.end();
      }
      case Tag.GROUP_MARK -> {
        in.end();
        StoredMark.of(body);
        hasMark = true;
      }
      case Tag.GROUP_FILTER -> filter(key, in, body);
      default -> throw new IllegalArgumentException("no part of a key group");
    }
  }

  private void filter(byte[] key, KeyReader in, ByteBuffer body) {
    if (in.position() == key.length) {
      body.getInt();
      filter = BlockedBloom.read(body);
      return;
    }
    in.nextInt();
    in.end();
    if (filter == null) {
      throw new IllegalArgumentException("there is no filter that it adds to");
    }
    while (body.hasRemaining()) {
      filter.add(body.getLong());
    }
  }

  private void row(byte[] key, KeyReader in, ByteBuffer body) {
    byte[] of = in.terminated();
    if (!Arrays.equals(of, lastKey)) {
      lastKey = of;
      keys.add(BlockedBloom.hash(of));
    }
    in.terminated();
    byte[] versions = Arrays.copyOf(key, in.position());
    long id = in.descending();
    in.end();
    byte live = liveOrNot(body);
    byte[] timer = layout.timerVersions(versions);
    if (timer != null) {
      expected.put(ByteBuffer.wrap(GroupKeys.version(timer, id)), live);
    }
    hasRows = true;
  }

  private void timer(byte[] key, KeyReader in, ByteBuffer body) {
    in.next();
    in.ascending();
    in.terminated();
    in.descending();
    in.end();
    Byte row = expected.remove(ByteBuffer.wrap(key));
    if (row == null) {
      problems.add(RecordInWords.of(key), "there is no row of this timer");
    } else if (row != liveOrNot(body)) {
      problems.add(RecordInWords.of(key), "says another thing than its row");
    }
  }

  private static byte liveOrNot(ByteBuffer body) {
    byte live = body.get();
    if (live != 0 && live != 1) {
      throw new IllegalArgumentException("neither live nor a tombstone: " + live);
    }
    return live;
  }

  @Override
  public void end() {
    leave();
  }

  private void leave() {
    expected
        .keySet()
        .forEach(key -> problems.add(RecordInWords.of(key.array()), "missing, but there is a row"));
    expected.clear();
    if (hasRows && !hasMark) {
      problems.add("the mark of " + name, "missing, so its rows would not be read");
    }
    BlockedBloom complete = filter;
    if (complete != null && !keys.build().allMatch(complete::mayContain)) {
      problems.add("the filter of " + name, "lacks keys that have rows, so they would not be read");
    }
    filter = null;
    keys = LongStream.builder();
    lastKey = new byte[0];
    hasRows = false;
    hasMark = false;
  }
}
