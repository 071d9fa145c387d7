package dev.keyling.benchmarks.workload;

import java.util.Arrays;

/**
 * Zipf's distribution with exponent 1: key i comes with a weight of 1 / (i + 1). Sums of weights
 * are a table for the first keys and a formula for the others, so that ten million keys need no
 * more memory than few.
 */
final class Zipf {
  private static final int TABLE = 1 << 16;
  private static final double EULER = 0.57721566490153286;

  private final int keys;
  private final double[] sums;

  Zipf(int keys) {
    this.keys = keys;
    this.sums = new double[Math.min(keys, TABLE)];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
  }

  /**
   * Returns the key at this share of all weights.
   *
   * @param share from 0 to less than 1
   */
  int index(double share) {
    double at = share * (keys <= TABLE ? sums[keys - 1] : harmonic(keys));
    if (at <= sums[sums.length - 1]) {
      int found = Arrays.binarySearch(sums, at);
      return Math.min(keys - 1, found < 0 ? -found - 1 : found);
    }
    // the sum of the first n weights is, at such an n, ln(n + 1/2) + EULER to ten digits
    return (int) Math.min(keys - 1, StrictMath.exp(at - EULER) - 0.5);
  }

  private static double harmonic(int n) {
    return StrictMath.log(n + 0.5) + EULER;
  }
}
