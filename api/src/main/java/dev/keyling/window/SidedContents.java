package dev.keyling.window;

import dev.keyling.plan.Arrival;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import java.util.List;

/** All elements of both sides, those of each in the order in which they came. */
record SidedContents<L, R, W extends Window>(
    ListStateDescriptor<L> left, ListStateDescriptor<R> right)
    implements Contents<Arrival.Numbered, SidedContents.Both<L, R>, W> {

  SidedContents(TypeInformation<L> left, TypeInformation<R> right) {
    this(
        new ListStateDescriptor<>("window.left", left),
        new ListStateDescriptor<>("window.right", right));
  }

  /** What a window holds. */
  record Both<L, R>(Iterable<L> lefts, Iterable<R> rights) {}

  @Override
  @SuppressWarnings("unchecked") // an element is of the input that it comes from
  public void add(KeyedStateStore pane, Arrival.Numbered element, long timestamp) {
    if (element.input() == 0) {
      pane.getListState(left).add((L) element.value());
    } else {
      pane.getListState(right).add((R) element.value());
    }
  }

  @Override
  public void fire(KeyedStateStore pane, W window, Taker<Both<L, R>> taker) throws Exception {
    Iterable<L> lefts = pane.getListState(left).get();
    Iterable<R> rights = pane.getListState(right).get();
    if (lefts.iterator().hasNext() || rights.iterator().hasNext()) {
      taker.take(List.of(new Both<>(lefts, rights)));
    }
  }

  @Override
  public void clear(KeyedStateStore pane) {
    pane.getListState(left).clear();
    pane.getListState(right).clear();
  }

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(left, right);
  }

  /** Hands every left element with every right one to a function. */
  static <L, R, O> CoGroupFunction<L, R, O> pairs(
      JoinFunction<? super L, ? super R, ? extends O> function) {
    return (lefts, rights, out) -> {
      for (L left : lefts) {
        for (R right : rights) {
          out.collect(function.join(left, right));
        }
      }
    };
  }

  @SuppressWarnings("unchecked") // who takes more takes this
  static <K, L, R, O, W extends Window> ProcessWindowFunction<K, Both<L, R>, O, W> grouping(
      CoGroupFunction<? super L, ? super R, O> function) {
    CoGroupFunction<L, R, O> taking = (CoGroupFunction<L, R, O>) function;
    return (key, ctx, all, out) -> {
      for (Both<L, R> both : all) {
        taking.coGroup(both.lefts(), both.rights(), out);
      }
    };
  }
}
