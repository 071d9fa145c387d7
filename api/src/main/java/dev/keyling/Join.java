package dev.keyling;

import dev.keyling.operator.Joining;
import dev.keyling.operator.Storable;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.window.ClosedWindow;
import dev.keyling.window.Window;
import dev.keyling.window.WindowAssigner;
import dev.keyling.window.WindowedSides;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Puts together the values that several keyed streams have for a key. Semantics of Bytewax's. */
public final class Join {
  private Join() {}

  /**
   * Joins sides. The rows of a key are every combination of the values that its sides hold, in the
   * order of the sides, with null for a side that holds none.
   *
   * <p>Stores, per key, the values that the sides hold. Rows have the timestamp of the element that
   * completes them; those at the end of input have none. In a later run of the job sides are known
   * by their places: a key that holds values of another number of sides, or of other types, is
   * refused when it wakes.
   *
   * @param stepId unique in the dataflow; state is stored under it
   * @param insert what a side keeps
   * @param emit when rows are emitted; nothing but {@code FINAL} emits any at the end of input
   * @param sides two or more of one dataflow, each once
   * @throws IllegalArgumentException if there are fewer, one is given twice, or they are of several
   *     dataflows or declare different key types
   */
  @SafeVarargs
  public static <K> KeyedStep<K, JoinRow> of(
      String stepId, JoinInsertMode insert, JoinEmitMode emit, JoinSide<K, ?>... sides) {
    Prepared<K> prepared = prepared(stepId, List.of(sides));
    return new Confluence<>(prepared.streams())
        .<JoinRow>process(
            stepId, ctx -> new Joining<>(ctx, insert, emit, prepared.sides(), prepared.states()));
  }

  /**
   * Joins sides window by window: as {@link #of} does, with the values that came for the same
   * window of a key instead of all (Bytewax's {@code join_window}).
   *
   * <p>{@code FINAL} emits a window's rows when it ends, {@code RUNNING} after each of its
   * elements, {@code COMPLETE} whenever every side holds a value, which are forgotten then. Rows
   * have the last timestamp of their window. What a window holds is removed at its end; elements
   * that come later are on the side output {@link JoinSide#late} of their side, and a window that
   * is over is told on {@link #closed}. At the end of input all windows end.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  @SafeVarargs
  public static <K, W extends Window> KeyedStep<K, JoinRow> window(
      String stepId,
      WindowAssigner<Object, W> assigner,
      JoinInsertMode insert,
      JoinEmitMode emit,
      JoinSide<K, ?>... sides) {
    Prepared<K> prepared = prepared(stepId, List.of(sides));
    return WindowedSides.join(
        stepId,
        new Confluence<>(prepared.streams()).stream(stepId),
        assigner,
        new WindowedSides<>(insert, emit, prepared.sides(), prepared.states()));
  }

  /** Returns the tag under which {@link #window} emits each window that is over. */
  public static <K, W extends Window> OutputTag<ClosedWindow<K, W>> closed() {
    return new OutputTag<>("closed");
  }

  /** Sides that have been checked, their streams, and what their values are stored in. */
  private record Prepared<K>(
      List<JoinSide<K, ?>> sides,
      List<PlannedKeyedStream<K, ?>> streams,
      List<ListStateDescriptor<?>> states) {}

  private static <K> Prepared<K> prepared(String stepId, List<JoinSide<K, ?>> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "join \"%s\" has no side; give it two or more".formatted(stepId));
    }
    List<PlannedKeyedStream<K, ?>> streams = new ArrayList<>();
    List<ListStateDescriptor<?>> states = new ArrayList<>();
    for (JoinSide<K, ?> each : all) {
      PlannedSide<K, ?> side = (PlannedSide<K, ?>) each;
      streams.add(side.stream);
      states.add(held(stepId, side, states.size() + 1, all.size()));
    }
    requireOne(stepId, streams, new LinkedHashSet<>(all).size());
    return new Prepared<>(all, streams, states);
  }

  private static <V> ListStateDescriptor<V> held(
      String stepId, PlannedSide<?, V> side, int place, int sides) {
    return new ListStateDescriptor<>(
        "side " + place + " of " + sides, Storable.required(side.stream.flow, stepId, side.type));
  }

  private static void requireOne(
      String stepId, List<? extends PlannedKeyedStream<?, ?>> streams, int distinct) {
    Dataflow flow = streams.get(0).flow;
    if (streams.size() < 2) {
      throw new IllegalArgumentException(
          "%s join \"%s\" has 1 side; give it two or more".formatted(flow, stepId));
    }
    if (distinct < streams.size()) {
      throw new IllegalArgumentException(
          "%s join \"%s\" is given a side twice; call side(…) once for each"
              .formatted(flow, stepId));
    }
    for (PlannedKeyedStream<?, ?> stream : streams) {
      if (stream.flow != flow) {
        throw new IllegalArgumentException(
            "%s join \"%s\" has a side of %s; join streams of one dataflow"
                .formatted(flow, stepId, stream.flow));
      }
    }
  }
}
