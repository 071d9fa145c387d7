package dev.keyling.system;

import static dev.keyling.system.KillPoint.RESTORE_AFTER_FIRST_CHECKPOINT;
import static dev.keyling.system.KillPoint.RESTORE_AFTER_RECORD;
import static dev.keyling.system.KillPoint.RESTORE_BEFORE_CLAIM;
import static dev.keyling.system.KillPoint.RESTORE_BEFORE_FIRST_ATTEMPT;
import static dev.keyling.system.KillPoint.RESTORE_WHILE_COPYING;
import static dev.keyling.system.KillPoint.RESTORE_WITHIN_CLAIM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.system.SavepointMatrixJob.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that is killed at each point of a restore, into a store that has something of the dataflow
 * already and other key groups: the store has either what it had, or what the savepoint has, never
 * a part; the next run begins with the savepoint again, or goes on from it. {@code
 * -Dkeyling.rounds=20} kills twenty times at each point; without it, at two.
 */
class RestoreMatrixTest {
  private static final int SAVED_IN = 16;
  private static final int RESTORED_IN = 24;
  private static final int KEYS = 100;
  private static final int PER_SECOND = 1_000;
  private static final int LINES = 6_000;

  /** Points behind which the restore has happened. */
  private static final Set<KillPoint> RESTORED =
      Set.of(
          RESTORE_AFTER_RECORD,
          RESTORE_BEFORE_CLAIM,
          RESTORE_WITHIN_CLAIM,
          RESTORE_BEFORE_FIRST_ATTEMPT,
          RESTORE_AFTER_FIRST_CHECKPOINT);

  @TempDir private Path home;

  private final Random random = new Random(Long.getLong("keyling.seed", 5));

  /** A job that has stopped with a savepoint. */
  private record Saved(Path home, Path savepoint, MatrixLines lines) {}

  /** Something else that the store has of a dataflow of the same name. */
  private record Before(Path home, MatrixLines lines) {}

  @Test
  void aStoreHasAllOfTheSavepointOrNothingOfIt() throws Exception {
    Instant start = Instant.now();
    List<KillPoint> points =
        KillPoint.rounds(
            KillPoint.Course.RESTORE, random, RESTORE_WHILE_COPYING, RESTORE_AFTER_RECORD);
    Saved saved = saved();
    Before before = before();
    for (int round = 0; round < points.size(); round++) {
      round(points.get(round), saved, before, home.resolve("round-" + round));
    }
    System.out.printf(
        "%d kills during restores (%s), nothing lost or doubled, %d s%n",
        points.size(), points, Duration.between(start, Instant.now()).toSeconds());
  }

  private Saved saved() throws Exception {
    Path origin = Files.createDirectory(home.resolve("origin"));
    Saved saved =
        new Saved(origin, home.resolve("savepoint"), new MatrixLines(origin, "key", KEYS, LINES));
    ends(origin, origin, PER_SECOND, SAVED_IN, Task.STOP, saved.savepoint);
    SavepointMatrixTest.assertWhole(saved.savepoint, saved.lines);
    return saved;
  }

  /** The keys of the other job are some of those of the savepoint, and others. */
  private Before before() throws Exception {
    Path other = Files.createDirectory(home.resolve("before"));
    Before before = new Before(other, new MatrixLines(other, "key", KEYS * 2, KEYS * 3));
    ends(other, other, 0, RESTORED_IN, Task.GO_ON, home.resolve("none"));
    return before;
  }

  private static void ends(
      Path home, Path inputs, int perSecond, int keyGroups, Task task, Path savepoint)
      throws IOException {
    List<String> arguments =
        SavepointMatrixJob.arguments(home, inputs, perSecond, keyGroups, task, savepoint);
    try (ForkedJvm jvm = ForkedJvm.start(home, SavepointMatrixJob.class, List.of(), arguments)) {
      assertThat(jvm.exitCode()).as("%s; it said %s", task, jvm.said()).isZero();
    }
  }

  private void round(KillPoint point, Saved saved, Before before, Path at) throws Exception {
    copy(before.home.resolve("data"), at.resolve("data"));
    Files.copy(MatrixJob.output(saved.home), MatrixJob.output(at));
    Path savepoint = at.resolve("savepoint");
    copy(saved.savepoint, savepoint);
    boolean claims =
        point == RESTORE_BEFORE_CLAIM || point == RESTORE_WITHIN_CLAIM || random.nextBoolean();
    int times = 1 + random.nextInt(point.most);
    List<String> arguments =
        SavepointMatrixJob.arguments(
            at, saved.home, PER_SECOND, RESTORED_IN, claims ? Task.CLAIM : Task.RESTORE, savepoint);
    try (ForkedJvm jvm =
        ForkedJvm.start(at, SavepointMatrixJob.class, Fuse.options(point, times), arguments)) {
      assertThat(jvm.exitCode())
          .as("killed at %s, the %d. time; it said %s", point, times, jvm.said())
          .isEqualTo(Fuse.KILLED);
    }
    assertAllOrNothing(point, saved, before, at);
    goOn(point, saved, at, savepoint);
    List<String> written = Files.readAllLines(MatrixJob.output(at));
    SortedLines.assertSame(written.stream().sorted().toList(), saved.lines.outputs());
    assertThat(CountsInStore.of(at.resolve("data"), before.lines.keys()))
        .as("after %s", point)
        .isEqualTo(saved.lines.counts());
  }

  /** The keys of the job before include those of the savepoint. */
  private static void assertAllOrNothing(KillPoint point, Saved saved, Before before, Path at)
      throws IOException {
    Map<String, Long> counts = CountsInStore.of(at.resolve("data"), before.lines.keys());
    if (RESTORED.contains(point)) {
      assertThat(counts.keySet())
          .as("after %s", point)
          .containsExactlyInAnyOrderElementsOf(saved.lines.keys());
      List<String> published = Files.readAllLines(MatrixJob.output(saved.home));
      assertThat(counts.values().stream().mapToLong(Long::longValue).sum())
          .as("after %s", point)
          .isGreaterThanOrEqualTo(published.size());
    } else {
      assertThat(counts).as("after %s", point).isEqualTo(before.lines.counts());
    }
  }

  /** With the savepoint again, where that is whole; also without it, where it is restored. */
  private void goOn(KillPoint point, Saved saved, Path at, Path savepoint) throws IOException {
    boolean isWhole = Files.exists(savepoint.resolve("manifest.json"));
    boolean isRestored = RESTORED.contains(point);
    assertThat(isWhole || isRestored).as("something to go on with, after %s", point).isTrue();
    if (!isWhole) {
      assertRefused(saved, at, savepoint);
    }
    boolean again = isWhole && !(isRestored && random.nextBoolean());
    ends(at, saved.home, 0, RESTORED_IN, again ? Task.RESTORE : Task.GO_ON, savepoint);
  }

  private static void assertRefused(Saved saved, Path at, Path savepoint) throws IOException {
    List<String> arguments =
        SavepointMatrixJob.arguments(at, saved.home, 0, RESTORED_IN, Task.RESTORE, savepoint);
    try (ForkedJvm jvm = ForkedJvm.start(at, SavepointMatrixJob.class, List.of(), arguments)) {
      assertThat(jvm.exitCode()).isNotZero();
      assertThat(String.join("\n", jvm.said()))
          .containsAnyOf(
              savepoint + " is no savepoint: it was not finished", "there is no savepoint")
          .contains("without the savepoint");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path copied = to.resolve(from.relativize(file).toString());
              Files.createDirectories(copied.getParent());
              Files.copy(file, copied);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
