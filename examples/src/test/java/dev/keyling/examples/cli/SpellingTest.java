package dev.keyling.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "fruad, fraud",
    "Fraud, fraud",
    "session, sessions",
    "avg, ''",
    "counting, count",
    "total, totals",
    "card, cart",
    "xyzzy, ''"
  })
  void findsWhatWasMeant(String word, String meant) {
    assertThat(String.join(",", Spelling.nearest(word, Catalogue.standard().names())))
        .isEqualTo(meant);
  }
}
