package dev.keyling.benchmarks.workload;

/**
 * How many numbers came out, and a sum over them by which two different bags of numbers hardly ever
 * agree. Their order does not matter. Used by one thread at a time.
 */
public final class Digest {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long outputs;
  private long sum;

  /** Takes a number. */
  public void add(long output) {
    long mixed = (output + 1) * SPREAD;
    outputs++;
    sum += (mixed ^ (mixed >>> 32)) * SPREAD;
  }

  /** Takes all numbers of another. */
  public void add(Digest other) {
    outputs += other.outputs;
    sum += other.sum;
  }

  /** Returns how many numbers there are. */
  public long outputs() {
    return outputs;
  }

  /** Tells whether these are the numbers of the other. */
  public boolean agreesWith(Digest other) {
    return outputs == other.outputs && sum == other.sum;
  }

  @Override
  public String toString() {
    return outputs + " outputs with sum " + Long.toHexString(sum);
  }
}
