package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.AggregateFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** SEMANTICS 1.8: stored state that the program of today declares otherwise. */
@SemanticsSuite
class ChangedTypesTest {
  private static <T> Function<RuntimeContext, ValueState<T>> value(TypeInformation<T> type) {
    return ctx -> ctx.getState(new ValueStateDescriptor<>("n", type));
  }

  private static void assertRefused(StateProbe<?> changed, String... words) {
    assertThatThrownBy(() -> changed.tell("k", state -> {}))
        .isInstanceOf(StepFailure.class)
        .hasMessageStartingWith(
            "dataflow \"%s\" step \"step\" key \"k\": the state \"n\" is stored as "
                .formatted(changed.step().dataflow()))
        .hasMessageContainingAll(words)
        .hasMessageContaining("Nothing was changed");
  }

  @Test
  @Proves({"error 3", "decision 14"})
  void onlyTheKeyThatHoldsAMisfitIsRefusedAndTheOldProgramGoesOn() {
    var old = StateProbe.of(value(Types.LONG), false);
    old.tell("k", state -> state.update(5L));
    var changed = old.restartedAs(value(Types.STRING), false);
    changed.tell("other", state -> state.update("fine"));
    assertRefused(changed, "ValueState<long> and declared as ValueState<string>");
    assertThat(changed.<String>ask("other", ValueState::value)).isEqualTo("fine");
    var again = changed.restartedAs(value(Types.LONG), false);
    assertThat(again.<Long>ask("k", ValueState::value)).isEqualTo(5);
    assertRefused(again.restartedAs(value(Types.DOUBLE), false), "ValueState<double>");
  }

  @Test
  @Proves("error 3")
  void aTimerThatWakesAMisfitIsRefusedAndStaysSet() {
    var old = StateProbe.of(value(Types.LONG), false);
    old.act(
        "k",
        (state, ctx, out) -> {
          state.update(5L);
          ctx.timerService().registerEventTimeTimer(1_000);
        });
    var changed = old.restartedAs(value(Types.STRING), false);
    assertThatThrownBy(() -> changed.step().processWatermark(1_000))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("step \"step\" key \"k\": the state \"n\" is stored as");
    var again = changed.restartedAs(value(Types.LONG), false);
    assertThat(again.step().numEventTimeTimers()).isEqualTo(1);
    again.step().processWatermark(1_001);
    assertThat(again.step().numEventTimeTimers()).isZero();
    assertThat(again.<Long>ask("k", ValueState::value)).isEqualTo(5);
  }

  private static List<StateDescriptor<?>> kinds() {
    return List.of(
        new ValueStateDescriptor<>("n", Types.listOf(Types.LONG)),
        new ListStateDescriptor<>("n", Types.listOf(Types.LONG)),
        new MapStateDescriptor<>("n", Types.listOf(Types.LONG), Types.listOf(Types.LONG)),
        new ReducingStateDescriptor<>("n", (a, b) -> a, Types.listOf(Types.LONG)),
        new AggregatingStateDescriptor<>(
            "n", AggregateFunction.<Long>toList(), Types.listOf(Types.LONG)));
  }

  @Test
  @Proves("error 3")
  void everyKindIsRefusedAsEveryOther() {
    for (StateDescriptor<?> was : kinds()) {
      StateProbe<State> probe = StateProbe.of(ctx -> StoredKinds.declare(ctx, was), false);
      probe.tell("k", StoredKinds::fill);
      var stored = probe.step().view("k").states();
      for (StateDescriptor<?> is : kinds()) {
        if (was.getClass() != is.getClass()) {
          probe = probe.restartedAs(ctx -> StoredKinds.declare(ctx, is), false);
          assertRefused(
              probe,
              "is stored as " + was.getClass().getSimpleName().replace("Descriptor", "") + "<",
              "declared as " + is.describe(),
              "different kinds of state");
        }
      }
      probe = probe.restartedAs(ctx -> StoredKinds.declare(ctx, was), false);
      assertThat(probe.step().view("k").states()).isEqualTo(stored);
    }
  }

  private enum Old {
    RED,
    GREEN
  }

  private enum New {
    GREEN
  }

  @Test
  @Proves("error 3")
  void anEnumConstantThatIsGoneIsRefusedByItsName() {
    var old = StateProbe.of(value(Types.of(Old.class)), false);
    old.tell("k", state -> state.update(Old.RED));
    old.tell("green", state -> state.update(Old.GREEN));
    var changed = old.restartedAs(value(Types.of(New.class)), false);
    assertRefused(
        changed, "ValueState<enum constant RED>", "has no constant \"RED\", only [GREEN]");
    assertThat(changed.<New>ask("green", ValueState::value)).isEqualTo(New.GREEN);
  }

  @Test
  @Proves("error 3")
  void aStateThatIsDeclaredLaterIsRefusedThen() {
    var old = StateProbe.of(value(Types.LONG), false);
    old.tell("k", state -> state.update(5L));
    var changed = old.restartedAs(ctx -> ctx, false);
    assertThatThrownBy(
            () ->
                changed.tell(
                    "k", ctx -> ctx.getState(new ValueStateDescriptor<>("n", Types.STRING))))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("step \"step\" key \"k\"")
        .hasMessageContaining("the state \"n\" is stored as ValueState<long>");
    var again = changed.restartedAs(value(Types.LONG), false);
    assertThat(again.<Long>ask("k", ValueState::value)).isEqualTo(5);
  }

  @LiveAndRestarting
  void anIntIsReadAsALong(boolean restarting) {
    var old = StateProbe.of(value(Types.INT), restarting);
    old.tell("k", state -> state.update(-9));
    var longs = old.restartedAs(value(Types.LONG), restarting);
    assertThat(longs.<Long>ask("k", ValueState::value)).isEqualTo(-9);
    longs.tell("k", state -> state.update(1L << 40));
    assertThat(longs.<Long>ask("k", ValueState::value)).isEqualTo(1L << 40);
  }
}
