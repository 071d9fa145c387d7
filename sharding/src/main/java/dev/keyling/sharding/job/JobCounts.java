package dev.keyling.sharding.job;

import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted over all attempts of a run. Added to from the lanes' threads.
 *
 * @param elements read from sources
 * @param late those that came to a keyed step behind its watermark
 */
public record JobCounts(LongAdder elements, LongAdder late) {
  public JobCounts() {
    this(new LongAdder(), new LongAdder());
  }
}
