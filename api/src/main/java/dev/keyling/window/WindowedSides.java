package dev.keyling.window;

import dev.keyling.Join;
import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import dev.keyling.JoinRow;
import dev.keyling.JoinSide;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.operator.JoinedRow;
import dev.keyling.plan.Arrival;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a window holds of the sides of a {@code Join.window}. Users call that, and need not name
 * this class.
 *
 * @param states in the order of the sides
 */
public record WindowedSides<W extends Window>(
    JoinInsertMode insert,
    JoinEmitMode emit,
    List<? extends JoinSide<?, ?>> sides,
    List<ListStateDescriptor<?>> states)
    implements Contents<Arrival.Numbered, JoinRow, W> {

  /** Makes the step. */
  public static <K, W extends Window> KeyedStep<K, JoinRow> join(
      String stepId,
      KeyedStream<K, Arrival.Numbered> elements,
      WindowAssigner<Object, W> assigner,
      WindowedSides<W> sides) {
    Windowing<K, Arrival.Numbered, W> windowing = Windowing.by(assigner);
    windowing = windowing.withLate(Late.ofSides(sides.sides)).withClosed(Join.closed());
    windowing = sides.emit == JoinEmitMode.FINAL ? windowing : windowing.with(Trigger.count(1));
    return new WindowSteps<>(elements, windowing).make(stepId, sides, ctx -> WindowResults::passOn);
  }

  @SuppressWarnings("unchecked") // each state is given values of its own side only
  private ListStateDescriptor<Object> of(int side) {
    return (ListStateDescriptor<Object>) states.get(side);
  }

  @Override
  public void add(KeyedStateStore pane, Arrival.Numbered value, long timestamp) {
    ListState<Object> side = pane.getListState(of(value.input()));
    if (insert == JoinInsertMode.LAST) {
      side.update(List.of(value.value()));
    } else if (insert == JoinInsertMode.PRODUCT || !side.get().iterator().hasNext()) {
      side.add(value.value());
    }
  }

  /** Two sessions that become one bring a value each, so what stays is chosen here. */
  private List<Object> kept(KeyedStateStore pane, int side) {
    List<Object> all = new ArrayList<>();
    pane.getListState(of(side)).get().forEach(all::add);
    return switch (insert) {
      case PRODUCT -> all;
      case FIRST -> all.subList(0, Math.min(1, all.size()));
      case LAST -> all.subList(Math.max(0, all.size() - 1), all.size());
    };
  }

  @Override
  public void fire(KeyedStateStore pane, W window, Taker<JoinRow> taker) throws Exception {
    List<List<Object>> held = new ArrayList<>();
    for (int side = 0; side < sides.size(); side++) {
      held.add(kept(pane, side));
    }
    boolean complete = held.stream().noneMatch(List::isEmpty);
    if (emit == JoinEmitMode.COMPLETE ? complete : !held.stream().allMatch(List::isEmpty)) {
      List<JoinRow> rows = new ArrayList<>();
      JoinedRow.product(sides, held, rows::add);
      taker.take(rows);
    }
    if (emit == JoinEmitMode.COMPLETE && complete) {
      clear(pane);
    }
  }

  @Override
  public void clear(KeyedStateStore pane) {
    states.forEach(state -> pane.getListState(state).clear());
  }
}
