package dev.keyling.benchmarks.workload;

import java.util.Arrays;

/** W2: a rise that is suspicious, and negative when the event before was suspicious too. */
final class Rises implements Model {
  private static final long NONE = -1;

  private final long[] last;
  private final boolean[] flagged;

  Rises(int keys) {
    last = new long[keys];
    Arrays.fill(last, NONE);
    flagged = new boolean[keys];
  }

  @Override
  public void add(int key, long amount, long time, Digest out) {
    long rise = amount - last[key];
    boolean suspicious = last[key] != NONE && rise >= Workload.SUSPICIOUS_RISE;
    if (suspicious) {
      out.add(flagged[key] ? -rise : rise);
    }
    flagged[key] = suspicious;
    last[key] = amount;
  }
}
