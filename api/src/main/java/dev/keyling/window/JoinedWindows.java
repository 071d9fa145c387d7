package dev.keyling.window;

import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.operator.Storable;
import dev.keyling.plan.Arrival;
import dev.keyling.state.TypeInformation;
import java.time.Duration;

/**
 * Two keyed streams whose elements are in the same windows. Immutable. Semantics of Flink's.
 *
 * <p>What stands at {@link WindowedStream} about firing, lateness, timestamps and the end of input
 * holds here too. The elements of both sides are stored until their window is over.
 */
public final class JoinedWindows<K, L, R, W extends Window> {
  private final WindowJoin<K, L, R> join;
  private final Windowing<K, Arrival.Numbered, W> windowing;

  JoinedWindows(WindowJoin<K, L, R> join, Windowing<K, Arrival.Numbered, W> windowing) {
    this.join = join;
    this.windowing = windowing;
  }

  /** Fires windows by another trigger than the default one. */
  public JoinedWindows<K, L, R, W> trigger(Trigger<Object, ? super W> trigger) {
    return new JoinedWindows<>(join, windowing.with(trigger));
  }

  /**
   * Lets windows in event time take elements for so long after their end; by default 0.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public JoinedWindows<K, L, R, W> allowedLateness(Duration lateness) {
    long millis = Millis.notNegative("the allowed lateness", lateness);
    return new JoinedWindows<>(join, windowing.withLateness(millis));
  }

  /** Emits the left elements that came too late for all of their windows; else dropped. */
  public JoinedWindows<K, L, R, W> sideOutputLeftLateData(OutputTag<L> tag) {
    return withLate(Late.of(0, tag));
  }

  /** Emits the right elements that came too late for all of their windows; else dropped. */
  public JoinedWindows<K, L, R, W> sideOutputRightLateData(OutputTag<R> tag) {
    return withLate(Late.of(1, tag));
  }

  private JoinedWindows<K, L, R, W> withLate(Late<Arrival.Numbered> also) {
    return new JoinedWindows<>(join, windowing.withLate(also.after(windowing.late())));
  }

  /** Emits a {@link ClosedWindow} for each window that is over. */
  public JoinedWindows<K, L, R, W> sideOutputClosed(OutputTag<ClosedWindow<K, W>> tag) {
    return new JoinedWindows<>(join, windowing.withClosed(tag));
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
    Refusals.check(windowing, "%s step \"%s\"".formatted(join.dataflow(), stepId));
    Storable.required(join.dataflow(), stepId, leftType);
    Storable.required(join.dataflow(), stepId, rightType);
    return new WindowSteps<>(join.elements().apply(stepId), windowing)
        .make(
            stepId,
            new SidedContents<L, R, W>(leftType, rightType),
            ctx -> SidedContents.grouping(function));
  }
}
