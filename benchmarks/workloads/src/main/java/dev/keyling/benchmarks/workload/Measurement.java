package dev.keyling.benchmarks.workload;

import dev.keyling.benchmarks.workload.KeySequence.Distribution;
import java.io.IOException;

/** One run of a workload: what goes in, what has come out, and when. Thread-safe. */
public final class Measurement {
  private final Workload workload;
  private final KeySequence keys;
  private final Distribution distribution;
  private final long warmUp;
  private final long measured;
  private final Stopwatch stopwatch;
  private final Digest outputs = new Digest();

  Measurement(
      Workload workload, KeySequence keys, Distribution distribution, long warmUp, long measured) {
    this.workload = workload;
    this.keys = keys;
    this.distribution = distribution;
    this.warmUp = warmUp;
    this.measured = measured;
    this.stopwatch = new Stopwatch(warmUp);
  }

  /** Returns what is run. */
  public Workload workload() {
    return workload;
  }

  /** Returns whose the events are. */
  public KeySequence keys() {
    return keys;
  }

  /** Returns the number of all events, those of the warm-up too. */
  public long events() {
    return warmUp + measured;
  }

  /** The event of this number is taken: once for each number, in the order of a lane. */
  public void take(long number) {
    stopwatch.take(number);
  }

  /** What has come out so far is out; the last call ends the time that is measured. */
  public void end() {
    stopwatch.end();
  }

  /** These came out, besides those of other calls. */
  public synchronized void add(Digest came) {
    outputs.add(came);
  }

  /**
   * Returns the result, when all is over.
   *
   * @param mode what was stored, and when; of which engine
   * @param checkpointMillis from one checkpoint to the next, or "none"
   * @param storedBytes what is on the disk
   */
  public synchronized Result result(String mode, String checkpointMillis, long storedBytes)
      throws IOException {
    long resident = Result.peakMegabytes(); // before the comparison, which needs memory too
    return new Result(
        workload,
        mode,
        checkpointMillis,
        keys.size(),
        distribution,
        measured,
        stopwatch.seconds(),
        warmUp / stopwatch.warmUpSeconds(),
        resident,
        storedBytes >> 20,
        outputs.agreesWith(workload.expected(keys, events())));
  }
}
