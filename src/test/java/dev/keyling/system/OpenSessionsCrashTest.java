package dev.keyling.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.KeyView;
import dev.keyling.sharding.LocalSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that never ends, on a file that grows while it is killed: what keys hold between two
 * elements, lists and timers, is as if nothing had happened.
 */
class OpenSessionsCrashTest {
  private static final int LIVES = 6;

  @TempDir private Path directory;
  private final Random random = new Random(10);

  /** What is open, and the timers that are set, of one key. */
  private record Open(List<String> sessions, List<Long> timers) {
    static Open of(KeyView view) {
      Object open = view.states().getOrDefault("open", List.of());
      return new Open(
          ((List<?>) open).stream().map(Object::toString).sorted().toList(),
          view.timers().stream().map(KeyView.Timer::time).toList());
    }
  }

  @Test
  void openSessionsSurviveCrashes() throws IOException {
    Instant start = Instant.now();
    Visits visits = Visits.random(11, 30_000, 1_500);
    byte[] text = (String.join("\n", visits.lines()) + "\n").getBytes(UTF_8);
    FollowedSessions crashed = new FollowedSessions(directory.resolve("crashed"));
    FollowedSessions undisturbed = new FollowedSessions(directory.resolve("undisturbed"));
    Files.write(undisturbed.input(), text);
    for (int life = 0; life < LIVES; life++) {
      live(crashed, Arrays.copyOfRange(text, at(text, life), at(text, life + 1)));
    }

    long watermark = visits.latest() - FollowedSessions.LATENESS.toMillis() - 1;
    Map<String, Open> expected = openAt(watermark, visits);
    List<String> ended = visits.sessionsEndedAt(watermark);
    compare(crashed, expected, ended);
    compare(undisturbed, expected, ended);
    System.out.printf(
        "growing file: %d crashes, %d output lines and %d keys as without them, %d s%n",
        LIVES, ended.size(), expected.size(), Duration.between(start, Instant.now()).toSeconds());
  }

  /** Somewhere, not where a line ends. */
  private static int at(byte[] text, int life) {
    return (int) ((long) text.length * life / LIVES);
  }

  /** One life: the file grows piece by piece, and in the middle of it the process is killed. */
  private void live(FollowedSessions followed, byte[] more) throws IOException {
    try (ForkedJvm jvm =
        ForkedJvm.start(
            directory,
            FollowedSessions.class,
            List.of("-Dkeyling.actors.flush-interval=50ms"),
            List.of(followed.home().toString()))) {
      int pieces = 10;
      int deathAt = 1 + random.nextInt(pieces - 1);
      for (int piece = 0; piece < pieces; piece++) {
        int from = more.length * piece / pieces;
        int to = more.length * (piece + 1) / pieces;
        Files.write(
            followed.input(), Arrays.copyOfRange(more, from, to), StandardOpenOption.APPEND);
        if (piece < deathAt) {
          long before = size(followed.output());
          assertThat(jvm.livesUntil(() -> size(followed.output()) > before))
              .as(() -> jvm.said().toString())
              .isTrue();
        } else if (piece == deathAt) {
          jvm.endsWithin(Duration.ofMillis(random.nextInt(50)));
          jvm.kill();
        }
      }
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Open> openAt(long watermark, Visits visits) {
    Map<String, Open> open = new TreeMap<>();
    visits.keys().forEach(key -> open.put(key, new Open(List.of(), List.of())));
    visits
        .openSessionsAt(watermark)
        .forEach(
            (key, sessions) ->
                open.put(
                    key,
                    new Open(
                        sessions.stream().map(Visits.Span::toString).sorted().toList(),
                        sessions.stream()
                            .map(session -> session.end() + Visits.GAP.toMillis())
                            .sorted()
                            .toList())));
    return open;
  }

  private static void compare(
      FollowedSessions followed, Map<String, Open> expected, List<String> ended) {
    try (LocalSystem system = followed.open()) {
      Job job = system.keyling().run(followed.flow());
      Eventually.is("the job runs", () -> job.status() == JobStatus.RUNNING);
      Eventually.is("all ended sessions are out", () -> lines(followed).size() >= ended.size());
      SortedLines.assertSame(lines(followed), ended);
      Map<String, Open> open = new TreeMap<>();
      StoredState.views(job, "sessions", List.copyOf(expected.keySet()))
          .forEach((key, view) -> open.put(key, Open.of(view)));
      assertThat(open).isEqualTo(expected);
      job.cancel().toCompletableFuture().join();
    }
  }

  private static List<String> lines(FollowedSessions followed) {
    try {
      return Files.exists(followed.output())
          ? Files.readAllLines(followed.output()).stream().sorted().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
