package dev.keyling.sharding.lane;

import dev.keyling.connector.Position;
import org.apache.pekko.actor.ActorRef;

/** What lanes tell the attempt that they run in. Called from the streams' threads. */
public interface AttemptEvents {

  /** A source partition is open; the reference takes {@link SourceStage.Trigger}. */
  void sourceReady(int lane, ActorRef source);

  /** A source partition has sent the marker: this is where it was. */
  void sourceAt(long marker, int lane, Position position);

  /** A source partition is closed. */
  void sourceClosed(int lane);

  /** Elements have been read. */
  void elementsRead(long count);

  /** Elements have come to a keyed step behind its watermark. */
  void elementsLate(long count);

  /** A watermark generator has passed the marker on: this is what it knew. */
  void generatorAt(long marker, int lane, int node, long state);

  /** An end that nobody reads has come to the end of its input. */
  void unreadEnded();

  /** A home lane can take outputs. */
  void homeLaneReady(int step, int index, ActorRef lane);

  /** A lane has failed. */
  void failed(Throwable cause);
}
