package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.AggregateFunction;
import dev.keyling.function.ReduceFunction;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateFunctionException;
import dev.keyling.state.Types;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** SEMANTICS K7, K8: reducing and aggregating states. */
@SemanticsSuite
class FoldingStatesTest {
  private static StateProbe<ReducingState<String>> reducing(
      ReduceFunction<String> function, boolean restarting) {
    return StateProbe.of(
        ctx -> ctx.getReducingState(new ReducingStateDescriptor<>("r", function, Types.STRING)),
        restarting);
  }

  /** The average of longs; the accumulator is the list of sum and count. */
  private static final class Average implements AggregateFunction<Long, List<Long>, Double> {
    @Override
    public List<Long> createAccumulator() {
      return new ArrayList<>(List.of(0L, 0L));
    }

    @Override
    public List<Long> add(Long value, List<Long> accumulator) {
      accumulator.set(0, accumulator.get(0) + value);
      accumulator.set(1, accumulator.get(1) + 1);
      return accumulator;
    }

    @Override
    public Double getResult(List<Long> accumulator) {
      return (double) accumulator.get(0) / accumulator.get(1);
    }

    @Override
    public List<Long> merge(List<Long> a, List<Long> b) {
      throw new UnsupportedOperationException();
    }
  }

  private static StateProbe<AggregatingState<Long, Double>> average(boolean restarting) {
    return StateProbe.of(
        ctx ->
            ctx.getAggregatingState(
                new AggregatingStateDescriptor<>("avg", new Average(), Types.listOf(Types.LONG))),
        restarting);
  }

  @LiveAndRestarting
  @Proves("K7")
  void aReducingStateIsNullBeforeTheFirstAdd(boolean restarting) {
    var probe = reducing((a, b) -> a + b, restarting);
    assertThat(probe.<String>ask("a", ReducingState::get)).isNull();
  }

  @LiveAndRestarting
  @Proves("K7")
  void theFirstAddIsStoredUntouchedAndLaterOnesAreReducedInOrder(boolean restarting) {
    List<String> calls = new ArrayList<>();
    var probe =
        reducing(
            (a, b) -> {
              calls.add(a + "," + b);
              return a + b;
            },
            restarting);
    probe.tell("a", state -> state.add("x"));
    assertThat(calls).isEmpty();
    probe.tell("a", state -> state.add("y"));
    probe.tell("a", state -> state.add("z"));
    assertThat(calls).containsExactly("x,y", "xy,z");
    assertThat(probe.<String>ask("a", ReducingState::get)).isEqualTo("xyz");
    assertThat(probe.<String>ask("b", ReducingState::get)).isNull();
  }

  @LiveAndRestarting
  @Proves("K7")
  void addingNullClearsAReducingState(boolean restarting) {
    var probe = reducing((a, b) -> a + b, restarting);
    probe.tell("a", state -> state.add("x"));
    probe.tell("a", state -> state.add(null));
    assertThat(probe.<String>ask("a", ReducingState::get)).isNull();
    assertThat(probe.step().numKeyedStateEntries()).isZero();
    probe.tell("a", state -> state.add("y"));
    assertThat(probe.<String>ask("a", ReducingState::get)).isEqualTo("y");
    probe.tell("a", ReducingState::clear);
    assertThat(probe.<String>ask("a", ReducingState::get)).isNull();
  }

  @LiveAndRestarting
  void aReduceFunctionThatThrowsChangesNothing(boolean restarting) {
    var probe =
        reducing(
            (a, b) -> {
              throw new IOException("no");
            },
            restarting);
    probe.tell("a", state -> state.add("x"));
    probe
        .assertThatThrowsIn("a", (state, ctx, out) -> state.add("y"))
        .isInstanceOf(StateFunctionException.class)
        .hasCauseInstanceOf(IOException.class);
    probe.tell(
        "a",
        state -> {
          try {
            state.add("y");
          } catch (StateFunctionException caught) {
            return;
          }
          throw new AssertionError();
        });
    assertThat(probe.<String>ask("a", ReducingState::get)).isEqualTo("x");
  }

  @LiveAndRestarting
  @Proves("K8")
  void anAggregatingStateIsNullAndNotAnEmptyResultBeforeTheFirstAdd(boolean restarting) {
    StateProbe<AggregatingState<String, Long>> counting =
        StateProbe.of(
            ctx ->
                ctx.getAggregatingState(
                    new AggregatingStateDescriptor<>(
                        "n", AggregateFunction.<String>counting(), Types.LONG)),
            restarting);
    assertThat(counting.<Long>ask("a", AggregatingState::get)).isNull();
    counting.tell("a", state -> state.add("x"));
    assertThat(counting.<Long>ask("a", AggregatingState::get)).isEqualTo(1L);
  }

  @LiveAndRestarting
  @Proves("K8")
  void anAggregatingStateAddsToItsAccumulatorAndReadsTheResult(boolean restarting) {
    var probe = average(restarting);
    probe.tell("a", state -> state.add(2L));
    probe.tell("a", state -> state.add(4L));
    probe.tell("a", state -> state.add(9L));
    probe.tell("b", state -> state.add(1L));
    assertThat(probe.<Double>ask("a", AggregatingState::get)).isEqualTo(5.0);
    assertThat(probe.step().view("a").states()).containsEntry("avg", List.of(15L, 3L));
  }

  @LiveAndRestarting
  @Proves("K8")
  void addingNullClearsAnAggregatingState(boolean restarting) {
    var probe = average(restarting);
    probe.tell("a", state -> state.add(2L));
    probe.tell("a", state -> state.add(null));
    assertThat(probe.<Double>ask("a", AggregatingState::get)).isNull();
    probe.tell("a", state -> state.add(7L));
    assertThat(probe.<Double>ask("a", AggregatingState::get)).isEqualTo(7.0);
    probe.tell("a", AggregatingState::clear);
    assertThat(probe.<Double>ask("a", AggregatingState::get)).isNull();
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }
}
