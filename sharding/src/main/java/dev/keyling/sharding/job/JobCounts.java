package dev.keyling.sharding.job;

import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted over all attempts of a run. Added to from many threads.
 *
 * @param elements read from sources
 * @param late those that came to a keyed step behind its watermark
 * @param checkpoints counted by the coordinator
 */
public record JobCounts(LongAdder elements, LongAdder late, CheckpointTally checkpoints) {
  public JobCounts() {
    this(new LongAdder(), new LongAdder(), new CheckpointTally());
  }
}
