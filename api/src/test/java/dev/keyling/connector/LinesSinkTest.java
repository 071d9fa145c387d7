package dev.keyling.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesSinkTest {
  @TempDir Path directory;
  private Path file;
  private LinesSink sink;

  @BeforeEach
  void newSink() {
    file = directory.resolve("out.txt");
    sink = Sinks.lines(file);
  }

  @Test
  void showsLinesWhenTheirCheckpointIsCommitted() throws Exception {
    try (CommittingWriter<String> writer = fresh()) {
      writer.write("one");
      byte[] first = writer.prepare(1);
      writer.write("two");
      assertThat(file).isEmptyFile();
      writer.commit(1, first);
      assertThat(file).hasContent("one\n");
      writer.commit(2, writer.prepare(2));
      assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void publishesAtTheEndWhenThereAreNoCheckpoints() throws Exception {
    try (CommittingWriter<String> writer = fresh()) {
      writer.write("one");
      writer.flush();
      assertThat(file).isEmptyFile();
      writer.commit(1, writer.prepare(1));
    }
    assertThat(Files.readString(file)).isEqualTo("one\n");
  }

  @Test
  void publishesTheElementsOfACheckpointThatWasGivenUpWithTheNextOne() throws Exception {
    try (CommittingWriter<String> writer = fresh()) {
      writer.write("five");
      writer.prepare(5);
      writer.write("six");
      writer.commit(6, writer.prepare(6));
      assertThat(Files.readString(file)).isEqualTo("five\nsix\n");
    }
  }

  @Test
  void committingAgainChangesNothing() throws Exception {
    try (CommittingWriter<String> writer = fresh()) {
      writer.write("one");
      byte[] first = writer.prepare(1);
      writer.write("two");
      byte[] second = writer.prepare(2);
      writer.commit(1, first);
      writer.commit(1, first);
      writer.commit(2, second);
      writer.commit(1, first);
      writer.commit(2, second);
      assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void goesOnWhereTheLastCompletedCheckpointLeftTheFile() throws Exception {
    byte[] handle;
    try (CommittingWriter<String> writer = fresh()) {
      writer.write("one");
      handle = writer.prepare(1);
      writer.write("never completed");
      writer.prepare(2);
    }
    try (CommittingWriter<String> writer = restored(1, handle)) {
      assertThat(Files.readString(file)).isEqualTo("one\n");
      writer.write("two");
      writer.commit(3, writer.prepare(3));
    }
    assertThat(Files.readString(file)).isEqualTo("one\ntwo\n");
  }

  @Test
  void aCheckpointWithoutElementsForcesNothing() throws Exception {
    CrashingDisk disk = new CrashingDisk();
    try (LinesWriter writer = new LinesWriter(disk, file, false, 64)) {
      writer.recover(null);
      writer.write("one");
      writer.commit(1, writer.prepare(1));
      int forces = disk.forces();
      writer.commit(2, writer.prepare(2));
      assertThat(forces).isEqualTo(2);
      assertThat(disk.forces()).isEqualTo(forces);
    }
  }

  @Test
  void aCheckpointWithoutElementsStillKnowsTheFile() throws Exception {
    byte[] handle;
    try (CommittingWriter<String> writer = fresh()) {
      writer.write("one");
      writer.commit(1, writer.prepare(1));
      handle = writer.prepare(2);
      writer.commit(2, handle);
    }
    assertThat(LinesHandle.decode(handle).end()).isEqualTo(4);
    restored(2, handle).close();
    assertThat(Files.readString(file)).isEqualTo("one\n");
  }

  @Test
  void aHandleStaysSmall() throws Exception {
    byte[] handle = {};
    try (CommittingWriter<String> writer = fresh()) {
      for (int i = 1; i <= 100; i++) {
        writer.write("line " + i);
        handle = writer.prepare(i);
        writer.commit(i, handle);
      }
    }
    assertThat(handle).hasSizeLessThan(60);
  }

  @Test
  void closingDropsWhatIsNotPrepared() throws Exception {
    CommittingWriter<String> writer = fresh();
    writer.write("x".repeat(Staging.BUFFER));
    assertThat(hidden()).isDirectory();
    writer.close();
    writer.close();
    assertThat(file).isEmptyFile();
    assertThat(hidden()).doesNotExist();
  }

  @Test
  void closingKeepsWhatIsPreparedAndLeavesNothingElse() throws Exception {
    CommittingWriter<String> writer = fresh();
    writer.write("one");
    byte[] handle = writer.prepare(1);
    writer.close();
    assertThat(hidden()).isDirectory();
    restored(1, handle).close();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesAnyTextThatFitsOnALine() throws Exception {
    List<String> lines = List.of("", "ä €\u0000 😀", "x".repeat(3 * Staging.BUFFER), " ", "y");
    try (CommittingWriter<String> writer = fresh()) {
      for (String line : lines) {
        writer.write(line);
      }
      writer.commit(1, writer.prepare(1));
    }
    assertThat(Files.readAllLines(file)).isEqualTo(lines);
  }

  @Test
  void cutsTheFileForAnOlderCheckpointIfItMay() throws Exception {
    byte[] older;
    try (CommittingWriter<String> writer = fresh()) {
      writer.write("one");
      older = writer.prepare(1);
      writer.commit(1, older);
      writer.write("wrong");
      writer.commit(2, writer.prepare(2));
    }
    try (CommittingWriter<String> writer = sink.truncateOnRestore().open("0")) {
      writer.recover(new Restored(1, List.of(older)));
      assertThat(Files.readString(file)).isEqualTo("one\n");
      writer.write("right");
      writer.commit(3, writer.prepare(3));
    }
    assertThat(Files.readString(file)).isEqualTo("one\nright\n");
  }

  @Test
  void finishesACommitThatTheFullDiskInterrupted() throws Exception {
    CrashingDisk disk = new CrashingDisk();
    try (LinesWriter writer = new LinesWriter(disk, file, false, 64)) {
      writer.recover(null);
      writer.write("a line that arrives in two halves");
      byte[] handle = writer.prepare(1);
      disk.full(true);
      LinesSinkRefusalsTest.assertRefused(() -> writer.commit(1, handle), file, "No space left");
      disk.full(false);
      writer.commit(1, handle);
      assertThat(Files.readString(file)).isEqualTo("a line that arrives in two halves\n");
    }
  }

  private CommittingWriter<String> fresh() throws Exception {
    CommittingWriter<String> writer = sink.open("0");
    writer.recover(null);
    return writer;
  }

  private CommittingWriter<String> restored(long id, byte[] handle) throws Exception {
    CommittingWriter<String> writer = sink.open("0");
    writer.recover(new Restored(id, List.of(handle)));
    return writer;
  }

  private Path hidden() {
    return directory.resolve(".out.txt.keyling");
  }
}
