package dev.keyling.window;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.operator.Storable;
import dev.keyling.state.TypeInformation;
import java.time.Duration;

/**
 * Two keyed streams whose elements are in the same windows. Immutable. Semantics of Flink's.
 *
 * <p>What stands at {@link WindowedStream} about firing, lateness, timestamps and the end of input
 * holds here too. The elements of both sides are stored until their window is over.
 */
public final class JoinedWindows<K, L, R, W extends Window> {
  private final KeyedStream<K, L> left;
  private final KeyedStream<K, R> right;
  private final Windowing<K, Sided<L, R>, W> windowing;

  JoinedWindows(
      KeyedStream<K, L> left, KeyedStream<K, R> right, Windowing<K, Sided<L, R>, W> windowing) {
    this.left = left;
    this.right = right;
    this.windowing = windowing;
  }

  /** Fires windows by another trigger than the default one. */
  public JoinedWindows<K, L, R, W> trigger(Trigger<Object, ? super W> trigger) {
    return new JoinedWindows<>(left, right, windowing.with(trigger));
  }

  /**
   * Lets windows in event time take elements for so long after their end; by default 0.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public JoinedWindows<K, L, R, W> allowedLateness(Duration lateness) {
    long millis = Millis.notNegative("the allowed lateness", lateness);
    return new JoinedWindows<>(left, right, windowing.withLateness(millis));
  }

  /** Emits the left elements that came too late for all of their windows; else dropped. */
  public JoinedWindows<K, L, R, W> sideOutputLeftLateData(OutputTag<L> tag) {
    return withLate(Late.ofLeft(tag));
  }

  /** Emits the right elements that came too late for all of their windows; else dropped. */
  public JoinedWindows<K, L, R, W> sideOutputRightLateData(OutputTag<R> tag) {
    return withLate(Late.ofRight(tag));
  }

  private JoinedWindows<K, L, R, W> withLate(Late<Sided<L, R>> also) {
    return new JoinedWindows<>(left, right, windowing.withLate(also.after(windowing.late())));
  }

  /** Emits a {@link ClosedWindow} for each window that is over. */
  public JoinedWindows<K, L, R, W> sideOutputClosed(OutputTag<ClosedWindow<K, W>> tag) {
    return new JoinedWindows<>(left, right, windowing.withClosed(tag));
  }

  /**
   * Emits, when a window fires, what a function makes of each left element with each right one. An
   * element without any of the other side gives nothing.
   */
  public <O> KeyedStep<K, O> apply(
      String stepId,
      TypeInformation<L> leftType,
      TypeInformation<R> rightType,
      JoinFunction<? super L, ? super R, ? extends O> function) {
    return coGroup(stepId, leftType, rightType, SidedContents.pairs(function));
  }

  /** Hands to a function, when a window fires, all elements of both sides. */
  public <O> KeyedStep<K, O> coGroup(
      String stepId,
      TypeInformation<L> leftType,
      TypeInformation<R> rightType,
      CoGroupFunction<? super L, ? super R, O> function) {
    Refusals.check(windowing, "%s step \"%s\"".formatted(left.dataflow(), stepId));
    Storable.required(left.dataflow(), stepId, leftType);
    Storable.required(left.dataflow(), stepId, rightType);
    SidedContents<L, R, W> contents = new SidedContents<>(leftType, rightType);
    ProcessWindowFunction<K, SidedContents.Both<L, R>, O, W> grouping =
        SidedContents.grouping(function);
    return left.connect(right)
        .process(
            stepId,
            ctx -> new SidedWindows<>(new WindowOperator<>(ctx, windowing, contents, grouping)));
  }
}
