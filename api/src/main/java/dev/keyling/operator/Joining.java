package dev.keyling.operator;

import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import dev.keyling.JoinRow;
import dev.keyling.JoinSide;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.Arrival;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.State;
import dev.keyling.state.StateMigration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what each side has brought of a key, and makes rows of it. */
public final class Joining<K>
    implements KeyedProcessFunction<K, Arrival.Numbered, JoinRow>, StateMigration {
  private final JoinInsertMode insert;
  private final JoinEmitMode emit;
  private final List<? extends JoinSide<?, ?>> sides;
  private final List<ListState<Object>> held = new ArrayList<>();

  @SuppressWarnings("unchecked") // each state is given values of its own side only
  public Joining(
      RuntimeContext ctx,
      JoinInsertMode insert,
      JoinEmitMode emit,
      List<? extends JoinSide<?, ?>> sides,
      List<ListStateDescriptor<?>> states) {
    this.insert = insert;
    this.emit = emit;
    this.sides = sides;
    states.forEach(state -> held.add((ListState<Object>) ctx.getListState(state)));
  }

  @Override
  public void processElement(Arrival.Numbered element, Context<K> ctx, Collector<JoinRow> out) {
    ListState<Object> side = held.get(element.input());
    switch (insert) {
      case LAST -> side.update(List.of(element.value()));
      case PRODUCT -> side.add(element.value());
      case FIRST -> {
        if (isEmpty(side)) {
          side.add(element.value());
        }
      }
    }
    if (emit == JoinEmitMode.RUNNING) {
      rows(out);
    } else if (emit == JoinEmitMode.COMPLETE && held.stream().noneMatch(Joining::isEmpty)) {
      rows(out);
      held.forEach(State::clear);
    }
  }

  @Override
  public void onEndOfInput(Context<K> ctx, Collector<JoinRow> out) {
    if (emit == JoinEmitMode.FINAL && !held.stream().allMatch(Joining::isEmpty)) {
      rows(out);
      held.forEach(State::clear);
    }
  }

  private static boolean isEmpty(ListState<?> side) {
    return !side.get().iterator().hasNext();
  }

  private void rows(Collector<JoinRow> out) {
    JoinedRow.product(sides, held.stream().map(ListState::get).toList(), out);
  }

  /** Sides that are gone, new or of another type would be mixed up with those that are there. */
  @Override
  public void migrateState(KeyedStateStore stored) {
    throw new IllegalStateException(
        "values are stored that are not of this join of %d sides: it had another number of sides, one had another type, or the step was no join; bring back what was, or give the join another step id to begin anew"
            .formatted(sides.size()));
  }
}
