package dev.keyling.system;

import dev.keyling.Dataflow;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Sources;
import dev.keyling.examples.programs.Sessions;
import dev.keyling.sharding.LocalSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Sessions of a file that grows: a job that never ends.
 *
 * @param home holds the input, the output and the data
 */
record FollowedSessions(Path home) {
  static final String NAME = "sessions";
  static final Duration LATENESS = Duration.ofMinutes(1);

  /** Makes the directory and an input that is empty. */
  FollowedSessions {
    try {
      Files.createDirectories(home);
      if (Files.notExists(home.resolve("input.txt"))) {
        Files.createFile(home.resolve("input.txt"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs until it is killed. */
  public static void main(String[] args) {
    FollowedSessions followed = new FollowedSessions(Path.of(args[0]));
    try (LocalSystem system = followed.open()) {
      system.keyling().run(followed.flow()).completion().toCompletableFuture().join();
    }
  }

  Path input() {
    return home.resolve("input.txt");
  }

  Path output() {
    return home.resolve("output.txt");
  }

  LocalSystem open() {
    return StoredState.open(home.resolve("data"), NAME);
  }

  Dataflow flow() {
    Dataflow flow = Dataflow.named(NAME).enableCheckpointing(Duration.ofMillis(20));
    Sessions.of(
            flow.from("lines", Sources.lines(input()).follow()).map(FollowedSessions::event),
            Visits.GAP,
            LATENESS)
        .map(FollowedSessions::line)
        .to("outputs", Sinks.lines(output()));
    return flow;
  }

  private static Sessions.Event event(String line) {
    String[] fields = line.split(",");
    return new Sessions.Event(fields[0], Instant.ofEpochMilli(Long.parseLong(fields[1])));
  }

  private static String line(Sessions.Session session) {
    return Visits.session(
        session.key(),
        session.start().toEpochMilli(),
        session.end().toEpochMilli(),
        session.events());
  }
}
