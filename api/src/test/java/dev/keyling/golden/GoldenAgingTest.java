package dev.keyling.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.KeyView;
import dev.keyling.semantics.Proves;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stamps and sweeps of states with a time to live, as they were stored once; {@link Fixture}. */
class GoldenAgingTest {
  private static final int NEWEST = 1;

  private static KeyedTestHarness<String, Long, String> harness() {
    return KeyedTestHarness.of(number -> "käte", Types.STRING, AgingStates::new);
  }

  private static KeyedTestHarness<String, Long, String> restored(int number) throws IOException {
    var harness = harness();
    harness.setProcessingTime(1_020);
    return harness.restore(Fixture.read("aging", number));
  }

  private static Map<String, Object> states(KeyedTestHarness<String, Long, String> harness) {
    return new TreeMap<>(harness.view("käte").states());
  }

  @ParameterizedTest
  @ValueSource(ints = NEWEST)
  void everyEntryHasItsStampAndTheKeyItsSweeps(int number) throws IOException {
    KeyView view = restored(number).view("käte");
    assertThat(new TreeMap<>(view.states()))
        .hasToString(
            "{event-aggregating=[1, 2], event-list=[1, 2], event-map={k1=1, k2=null},"
                + " event-reducing=3, event-value=2, processing-aggregating=[1, 2],"
                + " processing-list=[1, 2], processing-map={k1=1, k2=null},"
                + " processing-reducing=3, processing-value=2}");
    assertThat(view.lastAccess().entrySet())
        .hasSize(10)
        .allSatisfy(
            last ->
                assertThat(last.getValue().toEpochMilli())
                    .isEqualTo(last.getKey().startsWith("event") ? 520 : 1_020));
    assertThat(view.sweeps())
        .hasToString(
            "[Timer[domain=EVENT_TIME, time=600], Timer[domain=PROCESSING_TIME, time=1100]]");
  }

  @ParameterizedTest
  @ValueSource(ints = NEWEST)
  @Proves("T5")
  void entriesExpireByTheStampsThatWereStored(int number) throws IOException {
    var harness = restored(number);
    harness.setProcessingTime(1_110);
    harness.processWatermark(610);
    assertThat(states(harness))
        .hasToString(
            "{event-aggregating=[1, 2], event-list=[2], event-map={k2=null},"
                + " event-reducing=3, event-value=2, processing-aggregating=[1, 2],"
                + " processing-list=[2], processing-map={k2=null},"
                + " processing-reducing=3, processing-value=2}");
    harness.setProcessingTime(1_130);
    harness.processWatermark(630);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void theNewestFixtureIsWhatIsWrittenToday() throws IOException {
    var harness = harness();
    harness.setProcessingTime(1_000);
    harness.processElement(1L, 500);
    harness.setProcessingTime(1_020);
    harness.processElement(2L, 520);
    Fixture.assertIsWrittenToday("aging", NEWEST, harness.snapshot());
  }
}
