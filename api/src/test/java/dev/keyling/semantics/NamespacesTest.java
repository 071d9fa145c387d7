package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.AggregateFunction;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateNamespaces;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SEMANTICS K9. */
@SemanticsSuite
@Proves("K9")
class NamespacesTest {
  private static final ValueStateDescriptor<Long> VALUE =
      new ValueStateDescriptor<>("value", Types.LONG);
  private static final ListStateDescriptor<Long> LIST =
      new ListStateDescriptor<>("list", Types.LONG);
  private static final ReducingStateDescriptor<Long> SUM =
      new ReducingStateDescriptor<>("sum", Long::sum, Types.LONG);
  private static final AggregatingStateDescriptor<Long, List<Long>, List<Long>> ALL =
      new AggregatingStateDescriptor<>(
          "all", AggregateFunction.<Long>toList(), Types.listOf(Types.LONG));

  private static StateProbe<StateNamespaces> probe(boolean restarting) {
    return StateProbe.of(ctx -> ctx.namespaces(), restarting);
  }

  private static byte[] window(int n) {
    return new byte[] {(byte) n};
  }

  private static void add(StateNamespaces states, int window, long n) {
    var in = states.in(window(window));
    in.getListState(LIST).add(n);
    in.getReducingState(SUM).add(n);
    in.getAggregatingState(ALL).add(n);
  }

  @LiveAndRestarting
  void everyNamespaceHasStatesOfItsOwn(boolean restarting) {
    var probe = probe(restarting);
    probe.tell("a", states -> states.in(window(1)).getState(VALUE).update(1L));
    probe.tell("a", states -> states.in(window(2)).getState(VALUE).update(2L));
    probe.tell("a", states -> states.in(window(2)).getState(VALUE).update(3L));
    ValueState<Long> none = probe.ask("a", states -> states.in(new byte[0]).getState(VALUE));
    assertThat(none).isNotNull();
    assertThat(probe.<Long>ask("a", states -> states.in(window(1)).getState(VALUE).value()))
        .isEqualTo(1);
    assertThat(probe.<Long>ask("a", states -> states.in(window(2)).getState(VALUE).value()))
        .isEqualTo(3);
    assertThat(probe.<Long>ask("a", states -> states.in(new byte[0]).getState(VALUE).value()))
        .isNull();
  }

  @LiveAndRestarting
  void nothingIsLeftOfANamespaceThatWasCleared(boolean restarting) {
    var probe = probe(restarting);
    probe.tell("a", states -> add(states, 1, 1));
    probe.tell(
        "a",
        states -> {
          states.in(window(1)).getListState(LIST).clear();
          states.in(window(1)).getReducingState(SUM).clear();
          states.in(window(1)).getAggregatingState(ALL).clear();
        });
    assertThat(probe.step().storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void mergingConcatenatesListsAndCombinesTheRest(boolean restarting) {
    var probe = probe(restarting);
    probe.tell("a", states -> add(states, 1, 1));
    probe.tell("a", states -> add(states, 2, 2));
    probe.tell("a", states -> add(states, 3, 3));
    probe.tell(
        "a",
        states -> {
          for (var state : List.of(LIST, SUM, ALL)) {
            states.merge(state, window(2), List.of(window(1), window(2), window(3)));
          }
        });
    probe.tell(
        "a",
        states -> {
          var merged = states.in(window(2));
          assertThat(merged.getListState(LIST).get()).containsExactly(2L, 1L, 3L);
          assertThat(merged.getReducingState(SUM).get()).isEqualTo(6L);
          assertThat(merged.getAggregatingState(ALL).get()).containsExactly(2L, 1L, 3L);
          assertThat(states.in(window(1)).getReducingState(SUM).get()).isNull();
          assertThat(states.in(window(3)).getListState(LIST).get()).isEmpty();
        });
    assertThat(probe.step().numKeyedStateEntries()).isEqualTo(3);
  }

  @LiveAndRestarting
  void aMergeIsUndoneWithItsTurn(boolean restarting) {
    var probe = probe(restarting);
    probe.tell("a", states -> add(states, 1, 1));
    probe.tellAndThrow("a", (states, ctx, out) -> states.merge(SUM, window(2), List.of(window(1))));
    assertThat(probe.<Long>ask("a", states -> states.in(window(1)).getReducingState(SUM).get()))
        .isEqualTo(1);
  }

  @Test
  void aViewShowsTheNamespaceBesideTheName() {
    var probe = probe(false);
    probe.tell("a", states -> states.in(window(10)).getState(VALUE).update(1L));
    assertThat(probe.step().view("a").states()).isEqualTo(Map.of("value@0a", 1L));
  }

  @LiveAndRestarting
  void aValueCannotBeMerged(boolean restarting) {
    probe(restarting)
        .assertThatThrowsIn(
            "a", (states, ctx, out) -> states.merge(VALUE, window(2), List.of(window(1))))
        .hasMessageContaining("the state \"value\" is a ValueState<long>")
        .hasMessageContaining("only list, reducing and aggregating states can be merged");
  }
}
