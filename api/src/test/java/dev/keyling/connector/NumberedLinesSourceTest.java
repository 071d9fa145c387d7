package dev.keyling.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.SourceReader.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberedLinesSourceTest {
  @TempDir Path directory;
  private Path file;
  private String name;
  private NumberedLinesSource source;

  @BeforeEach
  void newFile() throws Exception {
    file = Files.writeString(directory.resolve("in.txt"), "one\n\nthree\nfour");
    name = file.toString();
    source = Sources.numberedLines(file);
  }

  @Test
  void numbersTheLinesFromOne() throws Exception {
    assertThat(source.partitions()).containsExactly(name);
    try (SourceReader<Line> reader = source.open(name, Optional.empty())) {
      reader.advance();
      assertThat(reader.current()).isEqualTo(new Line(name, 1, "one"));
      reader.advance();
      assertThat(reader.current()).isEqualTo(new Line(name, 2, ""));
    }
  }

  @Test
  void keepsTheNumberOverARestart() throws Exception {
    Position position = new Position(name, "0:0");
    for (Line expected :
        new Line[] {
          new Line(name, 1, "one"),
          new Line(name, 2, ""),
          new Line(name, 3, "three"),
          new Line(name, 4, "four")
        }) {
      try (SourceReader<Line> reader = source.open(name, Optional.of(position))) {
        assertThat(reader.position()).isEqualTo(position);
        assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
        assertThat(reader.current()).isEqualTo(expected);
        position = reader.position();
      }
    }
    assertThat(position).isEqualTo(new Position(name, "15:4"));
    try (SourceReader<Line> reader = source.open(name, Optional.of(position))) {
      assertThat(reader.advance()).isEqualTo(Status.END);
      assertThat(reader.position()).isEqualTo(position);
    }
  }

  @Test
  void followsAGrowingFile() throws Exception {
    try (SourceReader<Line> reader =
        source.follow().open(name, Optional.of(new Position(name, "11:3")))) {
      assertThat(reader.advance()).isEqualTo(Status.IDLE);
      Files.writeString(file, "!\n", StandardOpenOption.APPEND);
      assertThat(reader.advance()).isEqualTo(Status.ELEMENT);
      assertThat(reader.current()).isEqualTo(new Line(name, 4, "four!"));
    }
  }

  @Test
  void refusesThePositionOfAnotherSource() {
    for (String offset : new String[] {"4", "4:", ":1", "4:1:1", "x:y"}) {
      assertThatThrownBy(() -> source.open(name, Optional.of(new Position(name, offset))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at '" + offset + "'");
    }
  }
}
