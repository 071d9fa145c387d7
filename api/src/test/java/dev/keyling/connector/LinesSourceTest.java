package dev.keyling.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.SourceReader.Status;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesSourceTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void newFile() {
    file = directory.resolve("in.txt");
  }

  @Test
  void readsLinesOfBothKindsAndALastOneWithoutLineBreak() throws Exception {
    write("one\ntwo\r\n\n\r\nf\rour\nlast");
    assertThat(read(null)).containsExactly("one", "two", "", "", "f\rour", "last");
  }

  @Test
  void anEmptyFileHasNoLineAndALineBreakMakesOne() throws Exception {
    write("");
    assertThat(read(null)).isEmpty();
    write("\n");
    assertThat(read(null)).containsExactly("");
  }

  @Test
  void replacesMalformedBytes() throws Exception {
    Files.write(file, new byte[] {'a', (byte) 0xff, 'b', '\n', (byte) 0xc3, '\n', (byte) 0xa4});
    assertThat(read(null)).containsExactly("a\ufffdb", "\ufffd", "\ufffd");
    write("ä€😀\n");
    assertThat(read(null)).containsExactly("ä€😀");
  }

  @Test
  void goesOnBehindTheLineOfThePosition() throws Exception {
    write("one\ntwö\r\n\nlast");
    List<String> all = read(null);
    List<String> offsets = new ArrayList<>();
    try (SourceReader<String> reader = open(null)) {
      for (int read = 0; read <= all.size(); read++) {
        String offset = reader.position().offset();
        offsets.add(offset);
        assertThat(read(offset)).isEqualTo(all.subList(read, all.size()));
        reader.advance();
      }
    }
    assertThat(offsets).containsExactly("0", "4", "10", "11", "15");
  }

  @Test
  void eachFileIsAPartitionNamedAsItIsGiven() throws Exception {
    write("one\n");
    Path second = Files.writeString(directory.resolve("second.txt"), "two\n");
    LinesSource source = Sources.lines(file, second);
    assertThat(source.partitions()).containsExactly(file.toString(), second.toString());
    try (SourceReader<String> reader = source.open(second.toString(), Optional.empty())) {
      reader.advance();
      assertThat(reader.current()).isEqualTo("two");
      assertThat(reader.position()).isEqualTo(new Position(second.toString(), "4"));
    }
  }

  @Test
  void refusesNoFileAndAFileGivenTwice() {
    assertThatThrownBy(() -> Sources.lines()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sources.lines(file, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + " is given twice");
  }

  @Test
  void refusesAMissingFileAndADirectoryByName() {
    assertThatThrownBy(() -> Sources.lines(file).partitions())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file + ": there is no such input file; check the path");
    assertThatThrownBy(() -> open(null)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Sources.lines(directory).partitions())
        .isInstanceOf(FileSystemException.class)
        .hasMessage(directory + ": is a directory; name the files in it");
  }

  @Test
  void refusesAPartitionThatItDoesNotHave() throws Exception {
    write("one\n");
    assertThatThrownBy(() -> Sources.lines(file).open("other", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other is not one of the input files");
  }

  @Test
  void refusesAFileThatIsShorterThanThePosition() throws Exception {
    write("one\n");
    assertThatThrownBy(() -> open("5"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file + ": was read up to byte 5 and has only 4 bytes now")
        .hasMessageContaining("put back the file that was read");
  }

  @Test
  void refusesAPositionInsideALine() throws Exception {
    write("one\ntwo\n");
    assertThatThrownBy(() -> open("5")).hasMessageContaining("byte 5, which is inside a line");
  }

  @Test
  void refusesThePositionOfAnotherSource() throws Exception {
    write("one\n");
    assertThatThrownBy(() -> open("4:1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot go on in " + file + " at '4:1'");
  }

  @Test
  void skipsALineBreakThatWasAddedToADeliveredLastLine() throws Exception {
    write("one");
    assertThat(read("3")).isEmpty();
    write("one\ntwo");
    assertThat(read("3")).containsExactly("two");
    write("one\r\ntwo");
    assertThat(read("3")).containsExactly("two");
    write("one, and more");
    assertThatThrownBy(() -> open("3")).hasMessageContaining("inside a line");
  }

  @Test
  void followsAGrowingFile() throws Exception {
    write("one\ntw");
    try (SourceReader<String> reader = openFollowing()) {
      assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
      assertThat(reader.advance()).isEqualTo(Status.IDLE);
      assertThat(reader.advance()).isEqualTo(Status.IDLE);
      assertThat(reader.position().offset()).isEqualTo("4");
      append("o\r");
      assertThat(reader.advance()).isEqualTo(Status.IDLE);
      append("\nthree\n");
      assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
      assertThat(reader.current()).isEqualTo("two");
      assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
      assertThat(reader.current()).isEqualTo("three");
      assertThat(reader.advance()).isEqualTo(Status.IDLE);
      assertThat(reader.position().offset()).isEqualTo("15");
    }
  }

  @Test
  void refusesAFileThatIsTruncatedWhileItIsFollowed() throws Exception {
    write("one\n");
    try (SourceReader<String> reader = openFollowing()) {
      reader.advance();
      write("");
      assertThatThrownBy(reader::advance).hasMessageContaining("up to byte 4 and has only 0 bytes");
    }
  }

  @Test
  void readsALineOf64MebibytesAndRefusesALongerOne() throws Exception {
    int longest = 64 << 20;
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(longest);
      out.seek(longest);
      out.write("\r\nx\n".getBytes(UTF_8));
      out.setLength(out.length() + longest + 1);
    }
    try (SourceReader<String> reader = open(null)) {
      assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
      assertThat(reader.current()).hasSize(longest);
      assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
      assertThat(reader.current()).isEqualTo("x");
      append("\n");
      assertThatThrownBy(reader::advance)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("begins at byte " + (longest + 4) + " is longer than 64 MiB");
    }
  }

  private void write(String content) throws IOException {
    Files.writeString(file, content);
  }

  private void append(String content) throws IOException {
    Files.writeString(file, content, StandardOpenOption.APPEND);
  }

  private SourceReader<String> openFollowing() throws IOException {
    return Sources.lines(file).follow().open(file.toString(), Optional.empty());
  }

  private SourceReader<String> open(String offset) throws IOException {
    String partition = file.toString();
    return Sources.lines(file)
        .open(partition, Optional.ofNullable(offset).map(o -> new Position(partition, o)));
  }

  private List<String> read(String offset) throws Exception {
    List<String> lines = new ArrayList<>();
    try (SourceReader<String> reader = open(offset)) {
      while (reader.advance() == Status.ELEMENT) {
        lines.add(reader.current());
      }
      assertThat(reader.advance()).isEqualTo(Status.END);
      assertThat(reader.position().offset()).isEqualTo(Long.toString(Files.size(file)));
    }
    return lines;
  }
}
