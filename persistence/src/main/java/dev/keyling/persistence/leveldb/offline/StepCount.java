package dev.keyling.persistence.leveldb.offline;

import dev.keyling.kernel.EntryKey;
import dev.keyling.persistence.leveldb.offline.StoreStats.Sizes;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Tag;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;

/** Counts the records of one step. */
final class StepCount {

  private static final String TIMERS = "timers";

  final BitSet groups = new BitSet();
  final LongSummaryStatistics events = new LongSummaryStatistics();
  private final String dataflow;
  private final String step;
  private final LongSummaryStatistics commits = new LongSummaryStatistics();
  private final Map<String, LongSummaryStatistics> sizes = new TreeMap<>();
  private byte[] key = {};
  private byte[] entry = {};
  private long keys;
  private long rows;
  private long tombstones;
  private long debts;

  StepCount(String dataflow, String step) {
    this.dataflow = dataflow;
    this.step = step;
  }

  /** Counts a record of a key group; the reader is behind the group. */
  void record(byte[] stored, KeyReader in, ByteBuffer body) {
    switch (in.next()) {
      case Tag.GROUP_ROW -> row(stored, in, body);
      case Tag.GROUP_DEBT -> debts++;
      default -> {
        // the index repeats rows, a mark counts for nothing
      }
    }
  }

  private void row(byte[] stored, KeyReader in, ByteBuffer body) {
    in.terminated();
    byte[] ofKey = Arrays.copyOf(stored, in.position());
    byte[] name = in.terminated();
    byte[] ofEntry = Arrays.copyOf(stored, in.position());
    commits.accept(in.descending());
    boolean isNew = !Arrays.equals(ofEntry, entry);
    boolean isLive = body.get() != 0;
    keys += Arrays.equals(ofKey, key) ? 0 : 1;
    rows += isNew ? 1 : 0;
    tombstones += isLive ? 0 : 1;
    if (isNew && isLive) {
      sizes.computeIfAbsent(kind(name), k -> new LongSummaryStatistics()).accept(body.remaining());
    }
    key = ofKey;
    entry = ofEntry;
  }

  private static String kind(byte[] name) {
    try {
      EntryKey entry = EntryKey.of(name);
      return entry.isTimer() ? TIMERS : entry.isSweep() ? "sweeps" : entry.toString();
    } catch (RuntimeException e) {
      return "other entries";
    }
  }

  StoreStats.Step toStats() {
    LongSummaryStatistics timers = sizes.getOrDefault(TIMERS, new LongSummaryStatistics());
    return new StoreStats.Step(
        dataflow,
        step,
        groups.cardinality(),
        keys,
        rows,
        commits.getCount(),
        tombstones,
        timers.getCount(),
        debts,
        events.getCount(),
        events.getSum(),
        commits.getCount() == 0 ? null : commits.getMin(),
        commits.getCount() == 0 ? null : commits.getMax(),
        sizes.entrySet().stream().map(each -> sizes(each.getKey(), each.getValue())).toList());
  }

  private static Sizes sizes(String of, LongSummaryStatistics bytes) {
    return new Sizes(
        of,
        bytes.getCount(),
        bytes.getSum(),
        bytes.getMin(),
        bytes.getMax(),
        Math.round(bytes.getAverage()));
  }
}
