package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;

/** SEMANTICS K1, K2, D2. */
@SemanticsSuite
class ValueStateTest {
  private static StateProbe<ValueState<Long>> longs(boolean restarting) {
    return StateProbe.of(
        ctx -> ctx.getState(new ValueStateDescriptor<>("last", Types.LONG)), restarting);
  }

  private static StateProbe<ValueState<Long>> longsFrom100(boolean restarting) {
    return StateProbe.of(
        ctx -> ctx.getState(new ValueStateDescriptor<>("last", Types.LONG, 100L)), restarting);
  }

  @LiveAndRestarting
  @Proves("K1")
  void isNullBeforeTheFirstUpdate(boolean restarting) {
    Long value = longs(restarting).ask("a", ValueState::value);
    assertThat(value).isNull();
  }

  @LiveAndRestarting
  @Proves("K2")
  void keepsTheLastUpdate(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.update(1L));
    probe.tell("a", state -> state.update(2L));
    assertThat(probe.<Long>ask("a", ValueState::value)).isEqualTo(2L);
  }

  @LiveAndRestarting
  @Proves("K2")
  void seesItsOwnUpdateInTheSameTurn(boolean restarting) {
    var probe = longs(restarting);
    Long seen =
        probe.ask(
            "a",
            state -> {
              state.update(1L);
              state.update(state.value() + 1);
              return state.value();
            });
    assertThat(seen).isEqualTo(2L);
  }

  @LiveAndRestarting
  void isAnotherOneForEveryKey(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.update(1L));
    assertThat(probe.<Long>ask("b", ValueState::value)).isNull();
    probe.tell("b", state -> state.update(2L));
    probe.tell("b", ValueState::clear);
    assertThat(probe.<Long>ask("a", ValueState::value)).isEqualTo(1L);
  }

  @LiveAndRestarting
  @Proves("K1")
  void readingDoesNotWrite(boolean restarting) {
    var probe = longsFrom100(restarting);
    assertThat(probe.<Long>ask("a", ValueState::value)).isEqualTo(100L);
    assertThat(probe.step().numKeyedStateEntries()).isZero();
    assertThat(probe.step().view("a").states()).isEmpty();
  }

  @LiveAndRestarting
  @Proves("K2")
  void updatingWithNullClears(boolean restarting) {
    var probe = longs(restarting);
    probe.tell("a", state -> state.update(1L));
    assertThat(probe.step().numKeyedStateEntries()).isEqualTo(1);
    probe.tell("a", state -> state.update(null));
    assertThat(probe.<Long>ask("a", ValueState::value)).isNull();
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  @Proves({"K2", "D2"})
  void givesTheDefaultAgainWhenItIsCleared(boolean restarting) {
    var probe = longsFrom100(restarting);
    probe.tell("a", state -> state.update(1L));
    probe.tell("a", ValueState::clear);
    assertThat(probe.<Long>ask("a", ValueState::value)).isEqualTo(100L);
  }

  @LiveAndRestarting
  @Proves({"K1", "D2"})
  void givesAFreshCopyOfTheDefaultAtEveryRead(boolean restarting) {
    StateProbe<ValueState<List<Long>>> probe =
        StateProbe.of(
            ctx ->
                ctx.getState(
                    new ValueStateDescriptor<>("many", Types.listOf(Types.LONG), List.of(1L))),
            restarting);
    probe.tell("a", state -> state.value().add(2L));
    assertThat(probe.<List<Long>>ask("a", ValueState::value)).containsExactly(1L);
    assertThat(probe.<List<Long>>ask("b", ValueState::value)).containsExactly(1L);
  }
}
