package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.Main;
import dev.keyling.examples.programs.NaiveSessions;
import dev.keyling.examples.programs.Sessions.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of a made-up access log, on the engine, against sessions found with all at hand. */
class AccessLogTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.ofHours(2));
  private static final int EVENTS = 5000;

  @TempDir private Path directory;

  @Test
  void findsTheSessionsOfAnAccessLog() throws IOException {
    Random random = new Random(20150517);
    List<Event> events = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Instant now = Instant.parse("2015-05-17T10:05:00Z");
    for (int i = 0; i < EVENTS; i++) {
      now = now.plusSeconds(random.nextInt(30));
      Instant time = now.minusSeconds(random.nextInt(60)).truncatedTo(ChronoUnit.SECONDS);
      Event event = new Event("192.0.2." + random.nextInt(200), time);
      events.add(event);
      lines.add(
          "%s - - [%s] \"GET /%d HTTP/1.1\" 200 %d \"-\" \"test\""
              .formatted(event.key(), TIME.format(time), i, random.nextInt(10_000)));
    }
    Path log = Files.write(directory.resolve("access.log"), lines);
    Path output = directory.resolve("sessions.json");
    Path data = directory.resolve("data");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] args = {
      "run",
      "sessions",
      "--input",
      log.toString(),
      "--output",
      output.toString(),
      "--data",
      data.toString()
    };

    int exitCode = Main.run(args, System.out, new PrintStream(err, false, UTF_8));

    assertThat(exitCode).as(() -> err.toString(UTF_8)).isZero();
    assertThat(Files.readAllLines(output))
        .containsExactlyInAnyOrderElementsOf(
            NaiveSessions.of(events, Duration.ofMinutes(30)).stream()
                .map(
                    session ->
                        "{\"key\":\"%s\",\"start\":\"%s\",\"end\":\"%s\",\"events\":%d}"
                            .formatted(
                                session.key(), session.start(), session.end(), session.events()))
                .toList());
    assertThat(err.toString(UTF_8)).contains("5000 elements read", " 0 rejected, 0 late, ");
  }
}
