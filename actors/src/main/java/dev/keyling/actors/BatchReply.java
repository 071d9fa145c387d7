package dev.keyling.actors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes back to whoever sent a batch. */
public sealed interface BatchReply {

  /**
   * The batch has been handled, and its outputs are on the home lane.
   *
   * @param soonest time of the group's earliest event timer, {@link Long#MAX_VALUE} if none
   */
  record Answered(int group, long sequence, long soonest) implements BatchReply {}

  /**
   * The batch of an embedded step is durable; its outputs, element by element.
   *
   * @param results per element of the batch, in order
   */
  record Results(int group, long sequence, List<Result> results) implements BatchReply {}

  /**
   * The batch, and every one behind it, was not handled: the group lost its journal or never had
   * it.
   */
  record Refused(int group, long sequence, Throwable cause) implements BatchReply {}

  /** Outputs that a timer of an embedded step made. */
  record Unasked(Elements outputs) implements BatchReply {}

  /** What one element gave: its outputs, or what its function threw. */
  record Result(List<Object> outputs, @Nullable Throwable failure) {}
}
