package dev.keyling.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lines sink will not do, and that it changes nothing when it refuses. */
class LinesSinkRefusalsTest {
  @TempDir Path directory;
  private Path file;
  private LinesWriter writer;

  @BeforeEach
  void newWriter() {
    file = directory.resolve("out.txt");
    writer = writer(Disk.REAL);
  }

  @AfterEach
  void close() throws IOException {
    writer.close();
  }

  @Test
  void refusesTheOutputOfAnotherRun() throws Exception {
    Files.writeString(file, "precious\n");
    assertRefused(() -> writer.recover(null), file, "already holds 9 bytes", "delete");
    assertThat(file).hasContent("precious\n");
  }

  @Test
  void refusesTheOutputOfAnotherRunForASinkThatIsNewInTheJob() throws Exception {
    Files.writeString(file, "precious\n");
    assertRefused(() -> writer.recover(new Restored(7, List.of())), file, "already holds 9 bytes");
  }

  @Test
  void refusesALongerFile() throws Exception {
    Restored restored = published("one");
    Files.writeString(file, "more\n", StandardOpenOption.APPEND);
    assertRefused(
        () -> writer.recover(restored), file, "has 9 bytes, but 4 with checkpoint 1", "truncate");
    assertThat(Files.readString(file)).isEqualTo("one\nmore\n");
  }

  @Test
  void refusesAShorterFile() throws Exception {
    Restored restored = published("one");
    Files.writeString(file, "o");
    assertRefused(() -> writer.recover(restored), file, "has only 1 bytes of the 4", "put back");
    assertThat(Files.readString(file)).isEqualTo("o");
  }

  @Test
  void refusesOtherLinesOfTheSameLength() throws Exception {
    Restored restored = published("one");
    Files.writeString(file, "two\n");
    assertRefused(() -> writer.recover(restored), file, "holds other lines from byte 0");
  }

  @Test
  void refusesOtherLinesWhereAnUnfinishedCommitShouldBe() throws Exception {
    Restored restored = prepared("a line");
    Files.writeString(file, "a l1");
    assertRefused(() -> writer.recover(restored), file, "holds other lines from byte 0");
    assertThat(Files.readString(file)).isEqualTo("a l1");
  }

  @Test
  void refusesAMissingFile() throws Exception {
    Restored restored = published("one");
    Files.delete(file);
    assertRefused(() -> writer.recover(restored), file, "is missing", "4 bytes");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesADamagedStagingFile() throws Exception {
    Restored restored = prepared("one");
    Path staged = directory.resolve(".out.txt.keyling/0.staged");
    Files.writeString(staged, "two\n");
    assertRefused(() -> writer.recover(restored), staged, "is damaged");
    assertThat(file).isEmptyFile();
    assertThat(staged).hasContent("two\n");
  }

  @Test
  void refusesToGoOnWithoutAStagingFileThatItNeeds() throws Exception {
    Restored restored = prepared("one");
    Files.delete(directory.resolve(".out.txt.keyling/0.staged"));
    assertRefused(() -> writer.recover(restored), file, "has only 0 bytes of the 4");
  }

  @Test
  void refusesAFileThatSomebodyChangesWhileTheJobRuns() throws Exception {
    writer.recover(null);
    writer.write("a longer line");
    Files.writeString(file, "hello\n");
    byte[] handle = writer.prepare(1);
    assertRefused(() -> writer.commit(1, handle), file, "holds other lines from byte 0");
    Files.writeString(file, "hello, this is a longer text\n");
    assertRefused(() -> writer.commit(1, handle), file, "has 29 bytes, but 14 with checkpoint 1");
    assertThat(file).hasContent("hello, this is a longer text\n");
  }

  @Test
  void refusesAFileThatIsReplacedOrDeletedWhileTheJobRuns() throws Exception {
    writer.recover(null);
    writer.write("one");
    byte[] handle = writer.prepare(1);
    Path other = Files.writeString(directory.resolve("other"), "");
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(() -> writer.commit(1, handle), file, "was replaced");
    Files.delete(file);
    assertRefused(() -> writer.commit(1, handle), file, "was deleted");
  }

  @Test
  void refusesAFileThatAnotherWriterHasOpen() throws Exception {
    try (LinesWriter other = writer(Disk.REAL)) {
      other.recover(null);
      assertRefused(() -> writer.recover(null), file, "another job is writing");
      other.write("one");
      byte[] handle = other.prepare(1);
      writer.close();
      other.commit(1, handle);
    }
    assertThat(file).hasContent("one\n");
  }

  @Test
  void refusesAMissingDirectory() {
    file = directory.resolve("missing/out.txt");
    writer = writer(Disk.REAL);
    assertRefused(() -> writer.recover(null), file, "directory", "does not exist; create it");
  }

  @Test
  void refusesADirectory() {
    file = directory;
    writer = writer(Disk.REAL);
    assertRefused(() -> writer.recover(null), file, "is a directory or device");
  }

  @Test
  void refusesAFileThatItMayNotWrite() {
    writer =
        writer(
            new Disk() {
              @Override
              public FileChannel open(Path path, OpenOption... options) throws IOException {
                throw new AccessDeniedException(path.toString());
              }
            });
    assertRefused(() -> writer.recover(null), file, "cannot be written; check the permissions");
  }

  @Test
  void refusesALineBreakInAnElement() throws Exception {
    writer.recover(null);
    assertThatThrownBy(() -> writer.write("two\nlines"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line break in it: two\\nlines");
    assertThatThrownBy(() -> writer.write("\r" + "x".repeat(1000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\\rxxx")
        .hasMessageEndingWith("x…");
    writer.write("one");
    writer.commit(1, writer.prepare(1));
    assertThat(file).hasContent("one\n");
  }

  @Test
  void stagesNothingMoreAfterTheDiskHasFailedButPublishesWhatIsStaged() throws Exception {
    CrashingDisk disk = new CrashingDisk();
    writer = writer(disk);
    writer.recover(null);
    writer.write("one");
    byte[] first = writer.prepare(1);
    writer.write("two");
    disk.full(true);
    Path staged = directory.resolve(".out.txt.keyling/4.staged");
    assertRefused(() -> writer.prepare(2), staged, "No space left on device");
    disk.full(false);
    assertThatThrownBy(() -> writer.prepare(3)).hasMessageContaining("the job has to restart");
    writer.commit(1, first);
    assertThat(file).hasContent("one\n");
  }

  @Test
  void isUsedAfterRecoverAndBeforeClose() throws Exception {
    assertThatThrownBy(() -> writer.write("x")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.prepare(1)).isInstanceOf(IllegalStateException.class);
    writer.recover(null);
    assertThatThrownBy(() -> writer.recover(null)).isInstanceOf(IllegalStateException.class);
    writer.close();
    assertThatThrownBy(() -> writer.write("x")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.commit(1, LinesHandle.NOTHING.encode()))
        .isInstanceOf(IllegalStateException.class);
  }

  static void assertRefused(ThrowingCallable call, Path file, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FileSystemException.class, e -> assertThat(e.getFile()).isEqualTo(file.toString()))
        .hasMessageContainingAll(words);
  }

  private LinesWriter writer(Disk disk) {
    return new LinesWriter(disk, file, false, 64);
  }

  private Restored prepared(String line) throws IOException {
    return live(line, false);
  }

  private Restored published(String line) throws IOException {
    return live(line, true);
  }

  private Restored live(String line, boolean commit) throws IOException {
    try (LinesWriter before = writer(Disk.REAL)) {
      before.recover(null);
      before.write(line);
      byte[] handle = before.prepare(1);
      if (commit) {
        before.commit(1, handle);
      }
      return new Restored(1, List.of(handle));
    }
  }
}
