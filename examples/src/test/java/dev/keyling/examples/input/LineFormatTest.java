package dev.keyling.examples.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.Line;
import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.examples.programs.LastPages.Visit;
import dev.keyling.examples.programs.Payment;
import dev.keyling.examples.programs.ShoppingCart.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatTest {

  private static Line line(String text) {
    return new Line("in.csv", 3, text);
  }

  @Test
  void readsTheLinesOfTheExamples() {
    assertThat(Formats.NUMBER.read(line("-42"))).isEqualTo(-42);
    assertThat(Formats.READING.read(line("1,4"))).isEqualTo(new Reading("1", 4));
    assertThat(Formats.PAYMENT.read(line("user1,110000"))).isEqualTo(new Payment("user1", 110000));
    assertThat(Formats.VISIT.read(line("u,p3"))).isEqualTo(new Visit("u", "p3"));
    assertThat(Formats.CART_CHANGE.read(line("u,apple,-2")))
        .isEqualTo(new Change("u", "apple", -2));
  }

  @Test
  void leavesOutTheBlanksAroundFieldsAndKeepsThoseInside() {
    assertThat(Formats.PAYMENT.read(line("  the user \t,  5 ")))
        .isEqualTo(new Payment("the user", 5));
  }

  @Test
  void leavesOutAByteOrderMark() {
    assertThat(Formats.PAYMENT.read(new Line("in.csv", 1, "\uFEFFu,5")))
        .isEqualTo(new Payment("u", 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "user1              | 1 field instead of 2",
        "user1,5,6          | 3 fields instead of 2",
        ",5                 | field 1 is empty",
        "user1,             | field 2 is empty",
        "user1,5.5          | \"5.5\" is not a whole number",
        "user1,9223372036854775808 | \"9223372036854775808\" is beyond 64 bits",
      })
  void refusesOtherLinesWithPlaceReasonAndWhatWasExpected(String text, String reason) {
    assertThatThrownBy(() -> Formats.PAYMENT.read(line(text)))
        .isInstanceOf(MalformedLineException.class)
        .hasMessage(
            "in.csv:3: \"%s\": %s; expected user,amount, such as user1,5000"
                .formatted(text, reason));
  }

  @Test
  void refusesAnEmptyLine() {
    assertThatThrownBy(() -> Formats.NUMBER.read(line(" ")))
        .hasMessage("in.csv:3: \" \": the line is empty; expected an integer, such as 42");
  }

  @Test
  void cutsALongLineAndHidesControlCharacters() {
    assertThatThrownBy(() -> Formats.NUMBER.read(line("\u001b" + "x".repeat(10_000))))
        .hasMessageStartingWith("in.csv:3: \"?" + "x".repeat(199) + "…\": ")
        .message()
        .hasSizeLessThan(600);
  }
}
