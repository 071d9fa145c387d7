package dev.keyling.window;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.operator.Storable;
import dev.keyling.state.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * Two keyed streams, and how far apart in event time their elements may be to be joined. Immutable.
 * Semantics of Flink's.
 */
public final class IntervalJoined<K, L, R> {
  private final KeyedStream<K, L> left;
  private final KeyedStream<K, R> right;
  private final Interval interval;
  private final @Nullable OutputTag<L> lateLeft;
  private final @Nullable OutputTag<R> lateRight;

  IntervalJoined(
      KeyedStream<K, L> left,
      KeyedStream<K, R> right,
      Interval interval,
      @Nullable OutputTag<L> lateLeft,
      @Nullable OutputTag<R> lateRight) {
    this.left = left;
    this.right = right;
    this.interval = interval;
    this.lateLeft = lateLeft;
    this.lateRight = lateRight;
  }

  private IntervalJoined<K, L, R> with(Interval other) {
    return new IntervalJoined<>(left, right, other, lateLeft, lateRight);
  }

  /** Leaves out right elements exactly at the lower bound. */
  public IntervalJoined<K, L, R> lowerBoundExclusive() {
    return with(new Interval(interval.lower() + 1, interval.upper()));
  }

  /** Leaves out right elements exactly at the upper bound. */
  public IntervalJoined<K, L, R> upperBoundExclusive() {
    return with(new Interval(interval.lower(), interval.upper() - 1));
  }

  /** Emits on a side output the left elements that came behind the watermark. */
  public IntervalJoined<K, L, R> sideOutputLeftLateData(OutputTag<L> tag) {
    return new IntervalJoined<>(left, right, interval, tag, lateRight);
  }

  /** Emits on a side output the right elements that came behind the watermark. */
  public IntervalJoined<K, L, R> sideOutputRightLateData(OutputTag<R> tag) {
    return new IntervalJoined<>(left, right, interval, lateLeft, tag);
  }

  /**
   * Hands each pair to a function as soon as both are there. Its outputs have the timestamp of the
   * younger of the two.
   *
   * <p>Stores the elements of both sides until the watermark says that nothing can come any more
   * that they join with; at the end of input nothing is left. Elements whose timestamp is behind
   * the watermark join with nothing.
   *
   * @throws IllegalArgumentException if the bounds leave no time, or a type cannot be stored
   */
  public <O> KeyedStep<K, O> process(
      String stepId,
      TypeInformation<L> leftType,
      TypeInformation<R> rightType,
      ProcessJoinFunction<? super L, ? super R, O> function) {
    if (interval.isEmpty()) {
      throw new IllegalArgumentException(
          "%s step \"%s\" joins nothing, since its bounds, which are left out, are at most 1 ms apart; move one"
              .formatted(left.dataflow(), stepId));
    }
    Storable.required(left.dataflow(), stepId, leftType);
    Storable.required(left.dataflow(), stepId, rightType);
    return left.connect(right)
        .process(
            stepId,
            ctx ->
                new IntervalJoinFunction<>(
                    new Buffer<>(ctx, "join.left", leftType, interval, lateLeft),
                    new Buffer<>(ctx, "join.right", rightType, interval.ofRight(), lateRight),
                    function));
  }
}
