package dev.keyling.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.KeyView;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was once stored of a key, in states of every kind and type, can be read for ever. */
class GoldenSnapshotTest {
  /** The newest fixture: what is written today. Number 1 was written without types of values. */
  private static final int NEWEST = 2;

  private static KeyedTestHarness<String, String, String> harness() {
    return KeyedTestHarness.of(key -> key, Types.STRING, EveryType::new);
  }

  private static List<String> inWords(KeyView view) {
    return new TreeMap<>(view.states())
        .entrySet().stream()
            .map(state -> state.getKey() + " " + inWords(state.getValue()))
            .toList();
  }

  private static String inWords(Object value) {
    return value instanceof byte[] bytes
        ? HexFormat.of().formatHex(bytes)
        : value.toString().replace('\ud800', '?');
  }

  @ParameterizedTest
  @ValueSource(ints = {1, NEWEST})
  void aSnapshotOfEveryFormatHoldsWhatWasRemembered(int number) throws IOException {
    var harness = harness().restore(Fixture.read("snapshot", number));
    KeyView view = harness.view("käte");
    assertThat(inWords(view))
        .containsExactly(
            "aggregating [3]",
            "boolean true",
            "bytes 01ff",
            "double -0.5",
            "duration PT-23H-59M-59.999999999S",
            "enum Weeks",
            "instant 1969-12-31T23:59:59.000000999Z",
            "int -7",
            "list [one, , three]",
            "long -9223372036854775808",
            "longs [1, -300]",
            "map {-5=null, 5=1970-01-01T00:00:00Z}",
            "nested {a=[], b=[1.5]}",
            "reducing 42",
            "string käte?",
            "units {u=Days}",
            "uuid 00000000-0000-0001-ffff-ffffffffffff");
    assertThat(view.timers())
        .extracting(KeyView.Timer::toString)
        .containsExactly(
            "Timer[domain=EVENT_TIME, time=1000]", "Timer[domain=PROCESSING_TIME, time=2000]");
    assertThat(harness.view("b").states()).hasSize(17);
  }

  @Test
  void theNewestFixtureIsWhatIsWrittenToday() throws IOException {
    var harness = harness();
    harness.processElement("käte");
    harness.processElement("b");
    Fixture.assertIsWrittenToday("snapshot", NEWEST, harness.snapshot());
  }
}
