package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The commits that recovery found and that are not in rows yet. They are only looked through: what
 * they say of a key is read when the key is needed first, so that a long tail does not delay the
 * start. Made off the key group's thread, used in it.
 */
final class Tail {
  private static final int NONE = -1;

  private final List<CommitPart> parts = new ArrayList<>();
  private long[] commitOf = new long[16];

  /** Where each part begins if all stood one after the other. */
  private long[] startOf = new long[16];

  private long end;

  /**
   * Per record of a key: its place, counted as above, its hash, and the one before it in its chain.
   */
  private long[] places = new long[64];

  private int[] hashes = new int[64];
  private int[] before = {};
  private int[] newest = {};
  private int records;

  /** Those that have taken their changes and were not relieved of them yet. */
  private final List<KeyEntry> taken = new ArrayList<>();

  /** Adds a commit that counts; the oldest first. */
  void add(long commit, List<byte[]> bytes, RecoveredTimers timers) {
    for (byte[] part : bytes) {
      add(commit, new CommitPart(part), timers);
    }
  }

  private void add(long commit, CommitPart part, RecoveredTimers timers) {
    int index = parts.size();
    if (index == commitOf.length) {
      commitOf = Arrays.copyOf(commitOf, 2 * index);
      startOf = Arrays.copyOf(startOf, 2 * index);
    }
    commitOf[index] = commit;
    startOf[index] = end;
    parts.add(part);
    part.scan(
        new CommitPart.Scan() {
          @Override
          public void key(int at, int hash) {
            record(startOf[index] + at, hash);
          }

          @Override
          public void wakeUp(byte[] key, EntryKey entry, boolean isSet) {
            timers.change(key, entry.wakeUpCode(), entry.time(), isSet);
          }
        });
    end += part.length();
  }

  private void record(long place, int hash) {
    if (records == places.length) {
      places = Arrays.copyOf(places, 2 * records);
      hashes = Arrays.copyOf(hashes, 2 * records);
    }
    places[records] = place;
    hashes[records++] = hash;
  }

  /** Ends the adding. */
  Tail indexed() {
    newest = new int[Math.max(1, Integer.highestOneBit(Math.max(1, records)) * 2)];
    Arrays.fill(newest, NONE);
    before = new int[records];
    for (int i = 0; i < records; i++) {
      int bucket = bucket(hashes[i]);
      before[i] = newest[bucket];
      newest[bucket] = i;
    }
    return this;
  }

  private int bucket(int hash) {
    return (hash ^ (hash >>> 15)) & (newest.length - 1);
  }

  /** Gives a key what the commits say of it. */
  void into(KeyEntry entry, byte[] key) {
    int hash = CommitPart.hash(key);
    List<Integer> found = new ArrayList<>();
    for (int i = newest[bucket(hash)]; i != NONE; i = before[i]) {
      if (hashes[i] == hash && parts.get(partOf(i)).isOf(key, offsetOf(i))) {
        found.add(i);
      }
    }
    for (int i = found.size() - 1; i >= 0; i--) {
      int record = found.get(i);
      int part = partOf(record);
      parts
          .get(part)
          .decodeAt(
              offsetOf(record),
              (of, changed, value) ->
                  entry.overlay.recover(
                      changed, value == null ? null : EntryValue.stored(value), commitOf[part]));
    }
    if (!found.isEmpty()) {
      taken.add(entry);
    }
  }

  private int partOf(int record) {
    int index = Arrays.binarySearch(startOf, 0, parts.size(), places[record]);
    return index >= 0 ? index : -index - 2;
  }

  private int offsetOf(int record) {
    return Math.toIntExact(places[record] - startOf[partOf(record)]);
  }

  /** Visits the keys that the commits name, some of them more than once. */
  void keys(Consumer<byte[]> visitor) {
    for (int i = 0; i < records; i++) {
      visitor.accept(parts.get(partOf(i)).keyAt(offsetOf(i)));
    }
  }

  /** Returns the keys that have taken their changes. */
  List<KeyEntry> taken() {
    return taken;
  }

  /** Returns the id of the newest commit. */
  long newest() {
    return parts.isEmpty() ? Long.MIN_VALUE : commitOf[parts.size() - 1];
  }
}
