package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.TtlStates.Seen;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.StateTtlConfig.UpdateType;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** SEMANTICS T7 to T11, T13, decision 3: what goes by itself, and other configurations later. */
class TtlSweepTest {
  private static StateProbe<TtlStates> probe(StateTtlConfig config, boolean restarting) {
    return StateProbe.of(ctx -> TtlStates.of(ctx, config), restarting);
  }

  private static void at(StateProbe<?> probe, long time) {
    probe.harness().setProcessingTime(time);
  }

  private static int entries(StateProbe<?> probe) {
    return probe.harness().numKeyedStateEntries();
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
    assertThat(probe.harness().numProcessingTimeTimers()).isZero();
    assertThat(probe.harness().view("a").timers()).isEmpty();
  }

  @LiveAndRestarting
  void aKeyThatClearsItsStatesItselfIsGoneAtOnce(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    byte[] nothing = probe.harness().snapshot();
    probe.tell("a", states -> states.value().update(1L));
    probe.tell("a", states -> states.value().clear());
    assertThat(probe.harness().snapshot()).isEqualTo(nothing);
  }

  @LiveAndRestarting
  void afterTheSweepTheStoreHoldsNoTrace(boolean restarting) {
    var probe = probe(StateTtlConfig.newBuilder(100).build(), restarting);
    byte[] nothing = probe.harness().snapshot();
    probe.tell("a", states -> states.add(1));
    at(probe, 100);
    assertThat(probe.harness().snapshot()).isEqualTo(nothing);
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
    byte[] snapshot = probe.harness().snapshot();
    at(probe, 1000);
    assertThat(entries(probe.restored(snapshot))).isZero();
  }

  private static StateProbe<ValueState<Long>> value(StateTtlConfig config, boolean restarting) {
    return StateProbe.of(
        ctx ->
            ctx.getState(TtlStates.with(config, new ValueStateDescriptor<>("value", Types.LONG))),
        restarting);
  }

  @LiveAndRestarting
  void oldStampsAreJudgedByTheNewTimeToLive(boolean restarting) {
    var before = value(StateTtlConfig.newBuilder(100).build(), restarting);
    before.tell("a", state -> state.update(1L));
    byte[] snapshot = before.harness().snapshot();

    var shorter = value(StateTtlConfig.newBuilder(10).build(), restarting);
    at(shorter, 9);
    assertThat(shorter.restored(snapshot).<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(shorter, 10);
    assertThat(shorter.restored(snapshot).<Long>ask("a", ValueState::value)).isNull();

    var longer = value(StateTtlConfig.newBuilder(1000).build(), restarting);
    at(longer, 999);
    var restored = longer.restored(snapshot);
    assertThat(restored.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(restored, 1000);
    assertThat(entries(restored)).isZero();
  }

  @LiveAndRestarting
  void withTheTimeToLiveOffEverythingStays(boolean restarting) {
    var before = value(StateTtlConfig.newBuilder(100).build(), restarting);
    before.tell("a", state -> state.update(1L));
    var without = value(StateTtlConfig.DISABLED, restarting);
    at(without, 5000);
    var restored = without.restored(before.harness().snapshot());
    assertThat(restored.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(restored, 10_000);
    assertThat(restored.<Long>ask("a", ValueState::value)).isEqualTo(1);
  }

  @LiveAndRestarting
  void whatHadNoTimeToLiveCountsAsWrittenWhenItsKeyNextWakes(boolean restarting) {
    var before = value(StateTtlConfig.DISABLED, restarting);
    before.tell("a", state -> state.update(1L));
    var with =
        value(
            StateTtlConfig.newBuilder(100).setUpdateType(UpdateType.OnCreateAndWrite).build(),
            restarting);
    at(with, 5000);
    var restored = with.restored(before.harness().snapshot());
    assertThat(restored.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(restored, 5099);
    assertThat(restored.<Long>ask("a", ValueState::value)).isEqualTo(1);
    at(restored, 5100);
    assertThat(entries(restored)).isZero();
  }
}
