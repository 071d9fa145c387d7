package dev.keyling.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "100ms, PT0.1S",
    "30s, PT30S",
    "30m, PT30M",
    "1h, PT1H",
    "2d, PT48H",
    "0s, PT0S",
    "30M, PT30M",
    "PT30M, PT30M",
    "pt1h30m, PT1H30M",
    "PT0.25S, PT0.25S"
  })
  void readsShortAndIsoNotation(String text, Duration expected) {
    assertThat(new Durations().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "soon",
        "-1s",
        "PT-1S",
        "1.5h",
        "30 m",
        "999999999999d",
        "36501d",
        "PT0.0001S",
        "PT9999999999999999999H"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
