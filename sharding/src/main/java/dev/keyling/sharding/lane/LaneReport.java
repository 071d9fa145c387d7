package dev.keyling.sharding.lane;

import java.util.Map;
import org.apache.pekko.actor.ActorRef;

/**
 * A lane has come to a control event, everything before it has been answered or is overtaken, and
 * it pauses until it gets a {@link Release}.
 *
 * @param groups the key groups that had batches since the last report
 * @param soonest for each of them, the time of its earliest event timer
 * @param overtakes whether the event is a marker before which elements are under way; a {@link Cut}
 *     follows
 * @param replyTo takes the release
 */
@SuppressWarnings("ArrayRecordComponent")
public record LaneReport(
    int attempt,
    int lane,
    LaneEvent.Control event,
    int[] groups,
    long[] soonest,
    boolean overtakes,
    ActorRef replyTo) {

  /** A lane has begun; says where it is. */
  public record Joined(ActorRef self) {}

  /** All key groups of the step know where their outputs go: restored elements may go out. */
  public record Begin() {}

  /** The lane may go on behind the event; the watermark of the step is this now. */
  public record Release(LaneEvent.Control event, long watermark) {}

  /** The marker is to overtake what is before it in the lane. */
  public record Overtake(long marker) {}

  /**
   * Where the key groups made the cut; the lane answers with {@link Overtaken}.
   *
   * @param merged by key group, how many batches of the lane are before it; nothing of it is under
   *     way in the others
   */
  public record Cut(long marker, Map<Integer, Long> merged) {}

  /**
   * What a marker has overtaken in a lane.
   *
   * @param lane its name, the same in every run
   * @param elements encoded; see {@link OvertakenElements}
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Overtaken(String lane, long marker, byte[] elements) {}
}
