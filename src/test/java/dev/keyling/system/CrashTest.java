package dev.keyling.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.KeyView;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Sources;
import dev.keyling.examples.programs.Payment;
import dev.keyling.examples.programs.RunningTotals;
import dev.keyling.examples.programs.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at random points and started again has, in the end, the output and the
 * state of one that was never disturbed.
 */
class CrashTest {
  private static final List<String> OPTIONS =
      List.of("--checkpoint-interval", "20ms", "--on-error", "skip");
  private static final List<String> SLOWLY = List.of("--rate", "5000");
  private static final int MALFORMED_EVERY = 50;

  @TempDir private Path directory;
  private Path input;

  @BeforeEach
  void nameTheInput() {
    input = directory.resolve("input.txt");
  }

  @Test
  void totalsSurvivesSixCrashes() throws IOException {
    totals(6, 40_000);
  }

  @Test
  void sessionsSurvivesSixCrashes() throws IOException {
    sessions(6, 40_000);
  }

  @Test
  void stateWithATimeToLiveSurvivesSixCrashes() throws IOException {
    Visits visits = Visits.random(3, 20_000, 1_500).inOrder();
    Path other = directory.resolve("other.txt");
    Files.write(input, visits.where(key -> key.hashCode() % 3 != 0).lines());
    Files.write(other, visits.where(key -> key.hashCode() % 3 == 0).lines());
    compare("presence", 6, List.of(input, other), visits.absences()).report(visits.keys().size());
  }

  @Test
  @Tag("stress")
  void totalsSurvivesAHundredCrashes() throws IOException {
    totals(100, 400_000);
  }

  @Test
  @Tag("stress")
  void sessionsSurvivesAHundredCrashes() throws IOException {
    sessions(100, 400_000);
  }

  private void totals(int crashes, int lines) throws IOException {
    Payments payments = Payments.random(1, lines, 2_000);
    List<String> written =
        Files.readAllLines(Files.write(input, payments.linesWithMalformed(MALFORMED_EVERY - 1)));
    Comparison comparison = compare("totals", crashes, List.of(input), payments.runningTotals());
    SortedLines.assertSame(comparison.crashed().sortedRejected(), rejected(written));
    SortedLines.assertSame(comparison.undisturbed().sortedRejected(), rejected(written));

    List<String> users = List.copyOf(payments.totals().keySet());
    Map<String, KeyView> state = totalsIn(comparison.crashed(), users);
    assertThat(state).isEqualTo(totalsIn(comparison.undisturbed(), users));
    payments
        .totals()
        .forEach((user, total) -> assertThat(state.get(user).states()).containsValue(total));
    comparison.report(users.size());
  }

  private List<String> rejected(List<String> lines) {
    List<String> rejected = new ArrayList<>();
    for (int i = MALFORMED_EVERY - 1; i < lines.size(); i += MALFORMED_EVERY) {
      rejected.add(
          ("{\"where\":\"%s:%d\",\"input\":\"%s\",\"reason\":\"1 field instead of 2;"
                  + " expected user,amount, such as user1,5000\"}")
              .formatted(input, i + 1, lines.get(i)));
    }
    return rejected.stream().sorted().toList();
  }

  private void sessions(int crashes, int lines) throws IOException {
    Visits visits = Visits.random(2, lines, 1_500);
    Path other = directory.resolve("other.txt");
    Files.write(input, visits.where(key -> key.hashCode() % 3 != 0).lines());
    Files.write(other, visits.where(key -> key.hashCode() % 3 == 0).lines());
    Comparison comparison = compare("sessions", crashes, List.of(input, other), visits.sessions());

    Map<String, KeyView> state = sessionsIn(comparison.crashed(), visits.keys());
    assertThat(state).isEqualTo(sessionsIn(comparison.undisturbed(), visits.keys()));
    assertThat(state.values())
        .as("no session is open after the end of input")
        .allMatch(view -> view.states().isEmpty() && view.timers().isEmpty());
    comparison.report(visits.keys().size());
  }

  private record Comparison(Run crashed, Run undisturbed, int crashes, int lines, Instant start) {
    void report(int keys) {
      System.out.printf(
          "%s: %d crashes, %d output lines and %d keys as without them, %d s%n",
          crashed.example(),
          crashes,
          lines,
          keys,
          Duration.between(start, Instant.now()).toSeconds());
    }
  }

  private Comparison compare(String example, int times, List<Path> inputs, List<String> expected)
      throws IOException {
    Instant start = Instant.now();
    Run undisturbed = new Run(example, directory.resolve("undisturbed"), inputs, OPTIONS);
    List<String> slowly = new ArrayList<>(OPTIONS);
    slowly.addAll(SLOWLY);
    Run crashed = new Run(example, directory.resolve("crashed"), inputs, slowly);
    int perLife = expected.stream().mapToInt(line -> line.length() + 1).sum() / (times * 2);
    Crashes crashes = new Crashes(crashed, 3);
    crashes.kill(times, perLife);
    crashed.toTheEnd();
    undisturbed.toTheEnd();

    SortedLines.assertSame(undisturbed.sortedOutput(), expected);
    SortedLines.assertSame(crashed.sortedOutput(), expected);
    return new Comparison(crashed, undisturbed, crashes.count(), expected.size(), start);
  }

  private Map<String, KeyView> totalsIn(Run run, List<String> users) throws IOException {
    Dataflow flow = Dataflow.named("totals");
    RunningTotals.of(
            flow.from("nothing", Sources.lines(nothing()).follow())
                .map(line -> new Payment(line, 0)))
        .to("seen", Sinks.collect(new ArrayList<>()));
    return StoredState.of(run.data(), flow, "totals", users);
  }

  private Map<String, KeyView> sessionsIn(Run run, List<String> keys) throws IOException {
    Dataflow flow = Dataflow.named("sessions");
    Sessions.of(
            flow.from("nothing", Sources.lines(nothing()).follow())
                .map(line -> new Sessions.Event(line, Instant.EPOCH)),
            Visits.GAP,
            Duration.ofMinutes(1))
        .to("seen", Sinks.collect(new ArrayList<>()));
    return StoredState.of(run.data(), flow, "sessions", keys);
  }

  private Path nothing() throws IOException {
    return Files.write(directory.resolve("nothing.txt"), List.of());
  }
}
