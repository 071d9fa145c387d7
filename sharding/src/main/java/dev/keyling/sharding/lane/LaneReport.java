package dev.keyling.sharding.lane;

import org.apache.pekko.actor.ActorRef;

/**
 * A lane has come to a control event, everything before it has been answered, and it pauses until
 * it gets a {@link Release}.
 *
 * @param groups the key groups that had batches since the last report
 * @param soonest for each of them, the time of its earliest event timer
 * @param replyTo takes the release
 */
@SuppressWarnings("ArrayRecordComponent")
public record LaneReport(
    int attempt,
    int lane,
    LaneEvent.Control event,
    int[] groups,
    long[] soonest,
    ActorRef replyTo) {

  /** The lane may go on; the watermark of the step is this now. */
  public record Release(long watermark) {}
}
