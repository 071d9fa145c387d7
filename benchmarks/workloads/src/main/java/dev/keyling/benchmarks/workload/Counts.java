package dev.keyling.benchmarks.workload;

/** W1 and W6. */
final class Counts implements Model {
  private final int[] counts;

  Counts(int keys) {
    counts = new int[keys];
  }

  @Override
  public void add(int key, long amount, long time, Digest out) {
    out.add(++counts[key]);
  }
}
