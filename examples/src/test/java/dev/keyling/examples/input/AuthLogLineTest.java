package dev.keyling.examples.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.Line;
import dev.keyling.examples.programs.BruteForce.Failure;
import dev.keyling.examples.programs.ClicksPerMinute.Click;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthLogLineTest {
  private static final Instant TIME = Instant.parse("2000-03-29T23:18:33Z");

  private static Failure read(String text) {
    return Formats.AUTH_LOG.read(new Line("auth.log", 7, text));
  }

  @ParameterizedTest
  @CsvSource({
    "Failed password for root from 192.0.2.7 port 22 ssh2, 1",
    "Failed password for invalid user  0 from 192.0.2.7 port 22 ssh2, 1",
    "Failed password for invalid user x from 198.51.100.1 port 1 ssh2 from 192.0.2.7 port 22, 1",
    "message repeated 5 times: [ Failed password for root from 192.0.2.7 port 22 ssh2], 5"
  })
  void readsFailures(String message, long failures) {
    assertThat(read("Mar 29 23:18:33 host sshd[6402]: " + message))
        .isEqualTo(new Failure("192.0.2.7", TIME, failures));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mar 29 23:18:33 host sshd[6402]: Accepted password for root from 192.0.2.7 port 22 ssh2",
        "Mar 29 23:18:33 host CRON[1]: Failed password for root from 192.0.2.7 port 22 ssh2",
        "Mar 29 23:18:33 host systemd-logind[1118]: New session 858 of user ubuntu."
      })
  void readsTheTimeOfWhatIsNoFailure(String line) {
    assertThat(read(line)).isEqualTo(new Failure("", TIME, 0));
  }

  @Test
  void readsDaysOfOneDigitAndTheLeapDay() {
    assertThat(read("Feb 29 00:00:00 host cron: x").time())
        .isEqualTo(Instant.parse("2000-02-29T00:00:00Z"));
    assertThat(read("Apr  1 01:02:03 host cron[2]: x").time())
        .isEqualTo(Instant.parse("2000-04-01T01:02:03Z"));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> read("Apr 31 01:02:03 host cron[2]: x"))
        .isInstanceOf(MalformedLineException.class)
        .hasMessageContaining("\"Apr 31 01:02:03\" is no time");
    assertThatThrownBy(() -> read("hello"))
        .isInstanceOf(MalformedLineException.class)
        .hasMessageContaining("not a line of an auth.log; expected a line of an auth.log, such as");
  }

  @ParameterizedTest
  @CsvSource({"GET /docs?page=2 HTTP/1.1, /docs", "GET / HTTP/1.1, /", "-, -"})
  void aClickIsOnThePageWithoutItsQuery(String request, String page) {
    String line = "host - - [17/May/2015:10:05:03 +0000] \"%s\" 200 1".formatted(request);
    assertThat(Formats.CLICK.read(new Line("access.log", 1, line)))
        .isEqualTo(new Click(page, Instant.parse("2015-05-17T10:05:03Z")));
    assertThat(Formats.CLICK.read(new Line("clicks", 1, page + ",1431857103000")))
        .isEqualTo(new Click(page, Instant.parse("2015-05-17T10:05:03Z")));
  }
}
