package dev.keyling.examples.bench;

import java.util.Arrays;

/**
 * The keys of a workload, one per event: a pure function of the event's number, so that any event
 * can be made again and every count can be checked.
 */
final class KeySequence {
  /** How the events are spread over the keys. */
  enum Distribution {
    uniform,
    zipf,
    /** One after the other, round and round. */
    each
  }

  private final String[] names;
  private final Distribution distribution;
  private final double @org.jspecify.annotations.Nullable [] cumulative;

  KeySequence(int keys, Distribution distribution) {
    this.distribution = distribution;
    names = new String[keys];
    Arrays.setAll(names, i -> "user-" + i);
    cumulative = distribution == Distribution.zipf ? zipf(keys) : null;
  }

  private static double[] zipf(int keys) {
    double[] sums = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
    return sums;
  }

  int indexOf(long event) {
    if (distribution == Distribution.each) {
      return (int) (event % names.length);
    }
    long hash = mix(event + 1);
    if (cumulative == null) {
      return (int) Math.floorMod(hash, (long) names.length);
    }
    double at = (hash >>> 11) * 0x1.0p-53 * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return Math.min(names.length - 1, found < 0 ? -found - 1 : found);
  }

  String keyOf(long event) {
    return names[indexOf(event)];
  }

  int size() {
    return names.length;
  }

  /** SplitMix64. */
  private static long mix(long x) {
    long z = x * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
