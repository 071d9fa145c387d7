package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.TtlStates.Seen;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.StateTtlConfig.UpdateType;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.time.Duration;

/** SEMANTICS T7 to T11, T13, decision 3: what goes by itself, and other configurations later. */
@SemanticsSuite
class TtlSweepTest {
  private static StateProbe<TtlStates> probe(StateTtlConfig config, boolean restarting) {
    return StateProbe.of(ctx -> TtlStates.of(ctx, config), restarting);
  }

  private static void at(StateProbe<?> probe, long time) {
    probe.step().setProcessingTime(time);
  }

  private static int entries(StateProbe<?> probe) {
    return probe.step().numKeyedStateEntries();
  }

  @LiveAndRestarting
  @Proves({"T8", "T11"})
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
  @Proves("T8")
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
    assertThat(probe.step().storesNothing()).isTrue();
  }

  @LiveAndRestarting
  @Proves({"T9", "T11"})
  void afterTheSweepTheStoreHoldsNoTrace(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    probe.tell("a", states -> states.add(1));
    at(probe, 100);
    assertThat(probe.step().storesNothing()).isTrue();
  }

  @LiveAndRestarting
  @Proves({"T7", "T8"})
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
  @Proves({"T8", "T10"})
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
    assertThat(probe.step().storesNothing()).isTrue();
  }

  private static StateProbe<ValueState<Long>> value(StateTtlConfig config, boolean restarting) {
    return StateProbe.of(
        ctx ->
            ctx.getState(TtlStates.with(config, new ValueStateDescriptor<>("value", Types.LONG))),
        restarting);
  }

  private static StateProbe<ValueState<Long>> as(
      StateProbe<?> before, StateTtlConfig config, boolean restarting) {
    return before.restartedAs(
        ctx ->
            ctx.getState(TtlStates.with(config, new ValueStateDescriptor<>("value", Types.LONG))),
        restarting);
  }

  @LiveAndRestarting
  @Proves({"T13", "decision 3"})
  void oldStampsAreJudgedByAShorterTimeToLive(boolean restarting) {
    var before = value(StateTtlConfig.newBuilder(100).build(), restarting);
    before.tell("a", state -> state.update(1L));
    at(before, 9);
    var shorter = as(before, StateTtlConfig.newBuilder(10).build(), restarting);
    assertThat(shorter.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(shorter, 10);
    assertThat(shorter.<Long>ask("a", ValueState::value)).isNull();
  }

  @LiveAndRestarting
  @Proves({"T13", "decision 3"})
  void oldStampsAreJudgedByALongerTimeToLive(boolean restarting) {
    var before = value(StateTtlConfig.newBuilder(100).build(), restarting);
    before.tell("a", state -> state.update(1L));
    at(before, 50);
    var longer = as(before, StateTtlConfig.newBuilder(1000).build(), restarting);
    at(longer, 999);
    assertThat(longer.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(longer, 1000);
    assertThat(entries(longer)).isZero();
  }

  @LiveAndRestarting
  @Proves({"T13", "decision 3"})
  void withTheTimeToLiveOffEverythingStays(boolean restarting) {
    var before = value(StateTtlConfig.newBuilder(100).build(), restarting);
    before.tell("a", state -> state.update(1L));
    at(before, 50);
    var without = as(before, StateTtlConfig.DISABLED, restarting);
    at(without, 5000);
    assertThat(without.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(without, 10_000);
    assertThat(without.<Long>ask("a", ValueState::value)).isEqualTo(1);
  }

  @LiveAndRestarting
  @Proves({"T13", "decision 3"})
  void whatHadNoTimeToLiveCountsAsWrittenWhenItsKeyNextWakes(boolean restarting) {
    var before = value(StateTtlConfig.DISABLED, restarting);
    before.tell("a", state -> state.update(1L));
    at(before, 5000);
    var with =
        as(
            before,
            StateTtlConfig.newBuilder(100).setUpdateType(UpdateType.OnCreateAndWrite).build(),
            restarting);
    assertThat(with.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(with, 5099);
    assertThat(with.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(with, 5100);
    assertThat(entries(with)).isZero();
  }

  @LiveAndRestarting
  @Proves({"T13", "decision 3"})
  void aTimeToLiveThatIsSwitchedOnReachesKeysThatNobodyTouches(boolean restarting) {
    var before = value(StateTtlConfig.DISABLED, restarting);
    before.tell("a", state -> state.update(1L));
    before.tell("b", state -> state.update(1L));
    at(before, 5000);
    var with = as(before, StateTtlConfig.newBuilder(100).build(), restarting);
    at(with, 5099);
    assertThat(entries(with)).isEqualTo(2);
    at(with, 5110);
    assertThat(entries(with)).isZero();
    assertThat(with.step().storesNothing()).isTrue();
  }

  @LiveAndRestarting
  @Proves({"T13", "decision 3"})
  void aShorterTimeToLiveReachesKeysThatNobodyTouches(boolean restarting) {
    var before = value(StateTtlConfig.newBuilder(10_000).build(), restarting);
    before.tell("a", state -> state.update(1L));
    at(before, 50);
    var shorter = as(before, StateTtlConfig.newBuilder(100).build(), restarting);
    at(shorter, 99);
    assertThat(entries(shorter)).isEqualTo(1);
    at(shorter, 110);
    assertThat(entries(shorter)).isZero();
  }

  @LiveAndRestarting
  @Proves({"T13", "decision 3"})
  void aTimeToLiveThatWasOffForARunReachesWhatThatRunWrote(boolean restarting) {
    var config = StateTtlConfig.newBuilder(100).build();
    var before = value(config, restarting);
    before.tell("a", state -> state.update(1L));
    var without = as(before, StateTtlConfig.DISABLED, restarting);
    without.tell("b", state -> state.update(1L));
    at(without, 5000);
    var again = as(without, config, restarting);
    at(again, 5110);
    assertThat(entries(again)).isZero();
  }
}
