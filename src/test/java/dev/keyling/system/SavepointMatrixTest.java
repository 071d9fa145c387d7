package dev.keyling.system;

import static dev.keyling.system.KillPoint.SAVEPOINT_AFTER_NAME;
import static dev.keyling.system.KillPoint.SAVEPOINT_BEFORE_NAME;
import static dev.keyling.system.KillPoint.SAVEPOINT_WITHIN_GROUP_FILE;
import static dev.keyling.system.KillPoint.STOP_AFTER_SAVEPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.savepoint.SavepointReader;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.system.SavepointMatrixJob.Task;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that is killed at each point of taking a savepoint: what is whole holds every key once, as
 * it was at its positions, what is not is refused, and the job goes on without losing or doubling a
 * line. {@code -Dkeyling.rounds=20} kills twenty times at each point; without it, at two.
 */
class SavepointMatrixTest {
  private static final int KEY_GROUPS = 16;
  private static final int KEYS = 100;
  private static final int PER_SECOND = 1_000;
  private static final int LINES_PER_LIFE = 3_000;

  @TempDir private Path home;

  @Test
  void whatIsNotWholeIsNoSavepointAndTheJobGoesOn() throws Exception {
    Instant start = Instant.now();
    Random random = new Random(Long.getLong("keyling.seed", 5));
    List<KillPoint> points =
        KillPoint.rounds(
            KillPoint.Course.SAVEPOINT, random, SAVEPOINT_WITHIN_GROUP_FILE, SAVEPOINT_AFTER_NAME);
    MatrixLines lines = new MatrixLines(home, "key", KEYS, points.size() * LINES_PER_LIFE);
    for (int life = 0; life < points.size(); life++) {
      Path target = home.resolve("savepoint-" + life);
      KillPoint point = points.get(life);
      boolean stops = point == STOP_AFTER_SAVEPOINT || random.nextBoolean();
      int times = 1 + random.nextInt(point.most);
      List<String> arguments = arguments(PER_SECOND, stops ? Task.STOP : Task.SAVE, target);
      try (ForkedJvm jvm =
          ForkedJvm.start(home, SavepointMatrixJob.class, Fuse.options(point, times), arguments)) {
        assertThat(jvm.exitCode())
            .as("killed at %s, the %d. time; it said %s", point, times, jvm.said())
            .isEqualTo(Fuse.KILLED);
      }
      assertThat(written()).as("after %s", point).doesNotHaveDuplicates();
      if (point == SAVEPOINT_AFTER_NAME || point == STOP_AFTER_SAVEPOINT) {
        assertWhole(target, lines);
      } else {
        assertRefused(target, "there is no savepoint " + target);
        assertUnfinished(target, point, lines);
      }
    }
    Path none = home.resolve("none");
    try (ForkedJvm jvm =
        ForkedJvm.start(
            home, SavepointMatrixJob.class, List.of(), arguments(0, Task.GO_ON, none))) {
      assertThat(jvm.exitCode()).as("the last life said %s", jvm.said()).isZero();
    }
    SortedLines.assertSame(written().stream().sorted().toList(), lines.outputs());
    assertThat(CountsInStore.of(home.resolve("data"), lines.keys())).isEqualTo(lines.counts());
    assertThat(SavepointMatrixJob.checkpoints(home)).isEmptyDirectory();
    System.out.printf(
        "%d kills during savepoints (%s), %d lines in the end, none lost or doubled, %d s%n",
        points.size(),
        points,
        lines.outputs().size(),
        Duration.between(start, Instant.now()).toSeconds());
  }

  private List<String> arguments(int perSecond, Task task, Path savepoint) {
    return SavepointMatrixJob.arguments(home, home, perSecond, KEY_GROUPS, task, savepoint);
  }

  private List<String> written() throws IOException {
    Path output = MatrixJob.output(home);
    return Files.exists(output) ? Files.readAllLines(output) : List.of();
  }

  private static void assertRefused(Path directory, String message) {
    assertThatThrownBy(() -> SavepointReader.open(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(message);
  }

  /** What is left of it is refused, also under another name, if it is not all there. */
  private void assertUnfinished(Path target, KillPoint point, MatrixLines lines)
      throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(home, target.getFileName() + ".unfinished-*")) {
      all.forEach(left::add);
    }
    assertThat(left).as("left at %s", point).hasSize(1);
    String message = "is no savepoint: it was not finished";
    assertRefused(left.get(0), message);
    Path renamed = Files.move(left.get(0), home.resolve(target.getFileName() + "-renamed"));
    if (point == SAVEPOINT_BEFORE_NAME) {
      assertWhole(renamed, lines);
    } else {
      assertRefused(renamed, message);
    }
  }

  /** Every key stands there once, as it was at the positions of the savepoint. */
  static void assertWhole(Path savepoint, MatrixLines lines) throws IOException {
    var seen = new ReducingStateDescriptor<>("seen", Long::sum, Types.LONG);
    SavepointReader reader = SavepointReader.open(savepoint);
    Map<String, Long> counts = new TreeMap<>();
    reader.forEachKey(
        SavepointMatrixJob.STEP,
        Types.STRING,
        key -> assertThat(counts.put(key.key(), key.get(seen))).as(key.key()).isNull());
    assertThat(counts).isNotEmpty().isEqualTo(lines.counts(reader.manifest().positions()));
  }
}
