package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.KeyView;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.TtlStates.Seen;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.time.Duration;
import java.util.function.Function;

/** SEMANTICS T7 to T11, T13, decision 3: what goes by itself, and other configurations later. */
@SemanticsSuite
class TtlSweepTest {
  private static StateProbe<TtlStates> probe(StateTtlConfig config, boolean restarting) {
    return StateProbe.of(ctx -> TtlStates.of(ctx, config), restarting);
  }

  private static void at(StateProbe<?> probe, long time) {
    probe.step().setProcessingTime(time);
  }

  private static void assertHoldsNothing(StateProbe<?> probe, String key) {
    KeyView view = probe.step().view(key);
    assertThat(view.states()).isEmpty();
    assertThat(view.timers()).isEmpty();
    assertThat(view.sweeps()).isEmpty();
  }

  private static int entries(StateProbe<?> probe) {
    return probe.step().numKeyedStateEntries();
  }

  @LiveAndRestarting
  void whatNobodyTouchesIsGoneATenthOfItsTimeAfterItExpired(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    at(probe, 3);
    probe.tell("a", states -> states.add(1));
    probe.tell("b", states -> states.add(1));
    at(probe, 102);
    assertThat(entries(probe)).isEqualTo(10);
    at(probe, 110);
    assertThat(entries(probe)).isZero();
  }

  @LiveAndRestarting
  void theSweepLeavesWhatIsAliveAndComesAgain(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    probe.tell("a", states -> states.map().put("old", 1L));
    at(probe, 60);
    probe.tell("a", states -> states.map().put("new", 1L));
    probe.tell("a", states -> states.list().add(1L));
    at(probe, 110);
    assertThat(entries(probe)).isEqualTo(2);
    at(probe, 170);
    assertThat(entries(probe)).isZero();
  }

  @LiveAndRestarting
  void aSweepIsNoTimerOfTheFunction(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    probe.tell("a", states -> states.add(1));
    assertThat(probe.step().numProcessingTimeTimers()).isZero();
    assertThat(probe.step().view("a").timers()).isEmpty();
  }

  @LiveAndRestarting
  void aKeyThatClearsItsStatesItselfIsGoneAtOnce(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    probe.tell("a", states -> states.value().update(1L));
    probe.tell("a", states -> states.value().clear());
    assertHoldsNothing(probe, "a");
  }

  @LiveAndRestarting
  void afterTheSweepTheStoreHoldsNoTrace(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 100);
    assertHoldsNothing(probe, "a");
  }

  @LiveAndRestarting
  void withoutBackgroundCleanupItStaysUntilItIsRead(boolean restarting) {
    var probe =
        probe(StateTtlConfig.newBuilder(100).disableCleanupInBackground().build(), restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 10_000);
    assertThat(entries(probe)).isEqualTo(5);
    assertThat(probe.<Seen>ask("a", TtlStates::read)).isEqualTo(Seen.NOTHING);
    assertThat(entries(probe)).isZero();
  }

  @LiveAndRestarting
  void aChosenStrategySweepsEvenIfTheDefaultIsOff(boolean restarting) {
    var probe =
        probe(
            StateTtlConfig.newBuilder(100)
                .disableCleanupInBackground()
                .cleanupIncrementally(5, true)
                .build(),
            restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 100);
    assertThat(entries(probe)).isZero();
  }

  @LiveAndRestarting
  void whatIsOverdueAfterARestartIsSwept(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    probe.tell("a", states -> states.add(1));
    probe.step().restart(Duration.ofMillis(1000));
    assertThat(entries(probe)).isZero();
  }

  private static Function<RuntimeContext, ValueState<Long>> value(StateTtlConfig config) {
    return ctx ->
        ctx.getState(TtlStates.with(config, new ValueStateDescriptor<>("value", Types.LONG)));
  }

  private static StateTtlConfig ttl(long millis) {
    return StateTtlConfig.newBuilder(millis).build();
  }

  private static Long read(StateProbe<ValueState<Long>> probe) {
    return probe.ask("a", ValueState::value);
  }

  private static StateProbe<ValueState<Long>> written(StateTtlConfig config, boolean restarting) {
    StateProbe<ValueState<Long>> probe = StateProbe.of(value(config), restarting);
    probe.tell("a", state -> state.update(1L));
    return probe;
  }

  @LiveAndRestarting
  void oldStampsAreJudgedByAShorterTimeToLive(boolean restarting) {
    var shorter = written(ttl(100), restarting).restartedAs(value(ttl(10)), restarting);
    at(shorter, 9);
    assertThat(read(shorter)).isEqualTo(1);
    at(shorter, 10);
    assertThat(read(shorter)).isNull();
  }

  @LiveAndRestarting
  void oldStampsAreJudgedByALongerTimeToLive(boolean restarting) {
    var longer = written(ttl(100), restarting).restartedAs(value(ttl(1000)), restarting);
    at(longer, 999);
    assertThat(read(longer)).isEqualTo(1);
    at(longer, 1000);
    assertThat(entries(longer)).isZero();
  }

  @LiveAndRestarting
  void withTheTimeToLiveOffEverythingStays(boolean restarting) {
    var off = written(ttl(100), restarting).restartedAs(value(StateTtlConfig.DISABLED), restarting);
    at(off, 5000);
    assertThat(read(off)).isEqualTo(1);
    assertThat(off.step().view("a").sweeps()).isEmpty();
  }

  @LiveAndRestarting
  void whatHadNoTimeToLiveCountsAsWrittenAtTheRestart(boolean restarting) {
    var before = written(StateTtlConfig.DISABLED, restarting);
    at(before, 5000);
    var on = before.restartedAs(value(ttl(100)), restarting);
    assertThat(read(on)).isEqualTo(1);
    at(on, 5099);
    assertThat(read(on)).isEqualTo(1);
    at(on, 5100);
    assertThat(entries(on)).isZero();
  }
}
