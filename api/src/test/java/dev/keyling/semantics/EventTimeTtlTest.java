package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.StateProbe.Visit;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** SEMANTICS T6, decision 4: a time to live in event time. */
@SemanticsSuite
@Proves({"T6", "decision 4"})
class EventTimeTtlTest {
  private static StateProbe<ValueState<Long>> probe(boolean restarting) {
    StateTtlConfig ttl =
        StateTtlConfig.newBuilder(100)
            .setTtlTimeCharacteristic(TtlTimeCharacteristic.EventTime)
            .build();
    return StateProbe.of(
        ctx -> ctx.getState(TtlStates.with(ttl, new ValueStateDescriptor<>("value", Types.LONG))),
        restarting);
  }

  private static void write(StateProbe<ValueState<Long>> probe, long value, long timestamp) {
    probe
        .step()
        .processElement(new Visit<>("a", (state, ctx, out) -> state.update(value)), timestamp);
  }

  private static Long read(StateProbe<ValueState<Long>> probe) {
    return probe.ask("a", ValueState::value);
  }

  @LiveAndRestarting
  void theWatermarkExpiresAndNotTheClock(boolean restarting) {
    var probe = probe(restarting);
    write(probe, 1, 1000);
    probe.step().setProcessingTime(1_000_000);
    probe.step().processWatermark(1099);
    assertThat(read(probe)).isEqualTo(1);
    probe.step().processWatermark(1100);
    assertThat(read(probe)).isNull();
  }

  @LiveAndRestarting
  void theSweepComesWithTheWatermark(boolean restarting) {
    var probe = probe(restarting);
    write(probe, 1, 1000);
    probe.step().processWatermark(1099);
    assertThat(probe.step().numKeyedStateEntries()).isEqualTo(1);
    probe.step().processWatermark(1100);
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  void anOlderElementDoesNotMakeTheEntryOlder(boolean restarting) {
    var probe = probe(restarting);
    write(probe, 1, 1000);
    write(probe, 2, 500);
    probe.step().processWatermark(1099);
    assertThat(read(probe)).isEqualTo(2);
  }

  @LiveAndRestarting
  void aLateElementIsWrittenAtTheWatermark(boolean restarting) {
    var probe = probe(restarting);
    probe.step().processWatermark(5000);
    write(probe, 1, 10);
    assertThat(read(probe)).isEqualTo(1);
    probe.step().processWatermark(5099);
    assertThat(read(probe)).isEqualTo(1);
    probe.step().processWatermark(5100);
    assertThat(read(probe)).isNull();
  }

  @LiveAndRestarting
  void withoutAnyEventTimeNothingExpiresUntilThereIsOne(boolean restarting) {
    var probe = probe(restarting);
    probe.tell("a", state -> state.update(1L));
    assertThat(read(probe)).isEqualTo(1);
    probe.step().processWatermark(5000);
    assertThat(read(probe)).isEqualTo(1);
    probe.step().processWatermark(5100);
    assertThat(read(probe)).isNull();
  }

  @LiveAndRestarting
  void nothingExpiresByTheEndOfTheInput(boolean restarting) {
    var probe = probe(restarting);
    write(probe, 1, 1000);
    probe.step().endInput();
    assertThat(probe.step().numKeyedStateEntries()).isEqualTo(1);
  }
}
