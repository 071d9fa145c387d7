package dev.keyling.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.connector.CrashingDisk.Crash;
import dev.keyling.connector.CrashingDisk.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills the lines sink at every change it makes to the disk, and looks at the file afterwards. */
class LinesSinkCrashTest {
  private static final List<String> LINES =
      List.of(
          "one", "", "a line that is longer than the buffer", "vier", "fünf", "6", "seven", "8");

  /** Eight lines in whatever is left of them, then an empty checkpoint. */
  private static final String THE_REST = "w2 p1 c1 m1 w1 p2 c2 m2 p3 c3 m3 w9 p4 c4 m4 p5 c5 m5";

  @TempDir Path temp;
  private Path root;
  private Path file;
  private int run;

  @BeforeEach
  void newDirectory() throws IOException {
    root = Files.createDirectory(temp.resolve("run" + run++));
    file = root.resolve("out.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "w3 p1 c1 m1 w3 p2 c2 m2 w2 p3 c3 m3",
        "p1 c1 m1 w3 p2 c2 m2 p3 c3 m3 p4 c4 m4",
        "w3 p1 w2 c1 w1 m1 w2 p2 c2 m2",
        "w2 p1 w2 p2 w2 c1 m1 c2 m2 w2 p3 c3 m3",
        "w2 p1 w2 p2 w2 p3 c3 m3 w2 p4 c4 m4",
        "w2 p1 w1 p2 p3 c3 m3 p4 p5 c5 m5 w5 p6 c6 m6"
      })
  void holdsEveryLineOnceWhereverTheProcessDies(String script) throws Exception {
    int crashes = 0;
    for (boolean newestHandleOnly : new boolean[] {true, false}) {
      for (When when : When.values()) {
        int crashAt = 0;
        boolean crashed;
        do {
          newDirectory();
          CrashingDisk disk = new CrashingDisk();
          EngineDouble engine = new EngineDouble(disk, file, LINES, newestHandleOnly);
          crashed = dies(disk, ++crashAt, when, engine, script);
          assertThat(content()).as("after crash %d %s", crashAt, when).matches(this::isPublished);
          assertThat(content().length())
              .isLessThanOrEqualTo(text(engine.completedLines()).length());
          disk.start(0, when);
          engine.live(THE_REST);
          assertThat(content()).as("crash at %d, %s", crashAt, when).isEqualTo(text(LINES.size()));
          assertThat(onlyTheFileIsLeft()).isTrue();
          crashes++;
        } while (crashed);
      }
    }
    assertThat(crashes).isGreaterThan(40);
  }

  @Test
  void holdsEveryLineOnceWhereverTheRestartDiesToo() throws Exception {
    for (When when : When.values()) {
      for (int first = 1; ; first++) {
        boolean firstDies = true;
        boolean secondDies = true;
        for (int second = 1; firstDies && secondDies; second++) {
          newDirectory();
          CrashingDisk disk = new CrashingDisk();
          EngineDouble engine = new EngineDouble(disk, file, LINES, second % 2 == 0);
          firstDies = dies(disk, first, when, engine, "w2 p1 w2 p2 w2 p3 c3 m3 w2 p4 c4 m4");
          secondDies = dies(disk, second, when, engine, "w3 p1 c1 m1");
          disk.start(0, when);
          engine.live(THE_REST);
          assertThat(content()).as("%d, %d, %s", first, second, when).isEqualTo(text(LINES.size()));
        }
        if (!firstDies) {
          break;
        }
      }
    }
  }

  @Test
  void holdsEveryLineOnceAfterPowerCutsAtAnyPoint() throws Exception {
    cutPower(0, 500);
  }

  @Test
  @Tag("stress")
  void holdsEveryLineOnceAfterManyPowerCuts() throws Exception {
    cutPower(500, 10_000);
  }

  private void cutPower(int from, int to) throws Exception {
    for (int seed = from; seed < to; seed++) {
      Random chance = new Random(seed);
      newDirectory();
      CrashingDisk disk = new CrashingDisk();
      EngineDouble engine = new EngineDouble(disk, file, LINES, chance.nextBoolean());
      for (int life = 0; life < 4; life++) {
        When when = chance.nextBoolean() ? When.HALF_DONE : When.AFTER;
        dies(disk, 1 + chance.nextInt(50), when, engine, "w2 p1 w1 p2 c2 m2 w2 p3 p4 c4 m4 w9");
        disk.cutPower(root, chance);
      }
      disk.start(0, When.AFTER);
      engine.live(THE_REST);
      disk.cutPower(root, chance);
      assertThat(content()).as("seed %d", seed).isEqualTo(text(LINES.size()));
    }
  }

  @Test
  void cutsTheFileForAnOlderCheckpointWhereverThatDies() throws Exception {
    for (When when : When.values()) {
      int crashAt = 0;
      boolean crashed;
      do {
        newDirectory();
        CrashingDisk disk = new CrashingDisk();
        EngineDouble engine = new EngineDouble(disk, file, LINES, true);
        disk.start(0, when);
        engine.live("w1 p1 c1 m1 w2 p2 c2 m2 w2 p3 c3 m3 w1 p4");
        engine.goBackTo(1);
        crashed = dies(disk, ++crashAt, when, engine, "w3 p1 c1 m1");
        disk.cutPower(root, new Random(crashAt));
        disk.start(0, when);
        engine.live(THE_REST);
        assertThat(content()).as("crash at %d, %s", crashAt, when).isEqualTo(text(LINES.size()));
      } while (crashed);
    }
  }

  private boolean dies(CrashingDisk disk, int at, When when, EngineDouble engine, String script)
      throws Exception {
    disk.start(at, when);
    try {
      engine.live(script);
      return false;
    } catch (Crash e) {
      return true;
    }
  }

  private boolean isPublished(String content) {
    return text(LINES.size()).startsWith(content);
  }

  private String content() throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private boolean onlyTheFileIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.toList().equals(List.of(file));
    }
  }

  private static String text(int lines) {
    return String.join("", LINES.subList(0, lines).stream().map(line -> line + "\n").toList());
  }
}
