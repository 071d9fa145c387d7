package dev.keyling.examples.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.Line;
import dev.keyling.examples.programs.Sessions.Event;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLineTest {
  private static final String REQUEST = "\"GET / HTTP/1.1\" 200 512";

  private static Event read(String text) {
    return Formats.EVENT.read(new Line("access.log", 7, text));
  }

  private static Event event(String key, String time) {
    return new Event(key, Instant.parse(time));
  }

  @Test
  void readsACombinedLine() {
    assertThat(
            read(
                "83.149.9.216 - - [17/May/2015:10:05:03 +0000] "
                    + "\"GET /images/kibana-search.png HTTP/1.1\" 200 203023 "
                    + "\"http://semicomplete.com/\" \"Mozilla/5.0 (Macintosh)\""))
        .isEqualTo(event("83.149.9.216", "2015-05-17T10:05:03Z"));
  }

  @Test
  void readsACommonLineWithoutBytes() {
    assertThat(read("::1 - - [01/Jan/2024:00:00:00 +0000] \"HEAD / HTTP/1.0\" 304 -"))
        .isEqualTo(event("::1", "2024-01-01T00:00:00Z"));
  }

  @Test
  void mindsTheTimeZone() {
    assertThat(read("host - - [17/Sep/2015:01:05:03 +0230] " + REQUEST))
        .isEqualTo(event("host", "2015-09-16T22:35:03Z"));
  }

  @Test
  void readsUsersWithBlanksAndRequestsWithQuotesAndBrackets() {
    assertThat(
            read(
                "host - the user, 2nd [17/May/2015:10:05:03 -0100] "
                    + "\"GET /?q=\\\"a] b\\\" HTTP/1.1\" 404 0 \"-\" \"x\""))
        .isEqualTo(event("host", "2015-05-17T11:05:03Z"));
  }

  @Test
  void readsAnAbsurdlyLongRequest() {
    String request = "\"" + "\\x16\\x03".repeat(100_000) + "\" 400 0";
    assertThat(read("host - - [17/May/2015:10:05:03 +0000] " + request).key()).isEqualTo("host");
  }

  @Test
  void readsAKeyAndATime() {
    assertThat(read("user 1 , 1431857103250"))
        .isEqualTo(event("user 1", "2015-05-17T10:05:03.250Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        "host - - [17/May/2015:10:05:03 +0000]",
        "host - - [17/Mai/2015:10:05:03 +0000] " + REQUEST,
        "host - - [31/Feb/2015:10:05:03 +0000] " + REQUEST,
        "host - - [17/May/2015:10:05:03] " + REQUEST,
        "host - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1 200 512",
        "host - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" abc 512",
        "user,2015-05-17T10:05:03Z",
        "user,9223372036854775807",
        "user,-9223372036854775808",
        ",1431857103000",
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedLineException.class)
        .hasMessageStartingWith("access.log:7: ")
        .hasMessageContaining("expected a line of an Apache access log or user,epochMillis");
  }
}
