package dev.keyling.connector;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The lines of text files with their file and line number. Made by {@link Sources#numberedLines};
 * reads as {@link LinesSource} does. A position is {@code byteOffset:linesBefore}.
 */
public final class NumberedLinesSource implements Source<Line> {
  private final LineFiles files;

  NumberedLinesSource(LineFiles files) {
    this.files = files;
  }

  /** Returns a source of the same files that never ends, as {@link LinesSource#follow()}. */
  public NumberedLinesSource follow() {
    return new NumberedLinesSource(files.follow());
  }

  @Override
  public List<String> partitions() throws IOException {
    return files.partitions();
  }

  @Override
  public SourceReader<Line> open(String partition, Optional<Position> from) throws IOException {
    long offset = 0;
    long number = 0;
    if (from.isPresent()) {
      String[] parts = from.get().offset().split(":", 2);
      offset = LineFiles.number(from.get(), parts[0]);
      number = LineFiles.number(from.get(), parts.length == 2 ? parts[1] : "");
    }
    return new Reader(partition, files.open(partition, offset), number);
  }

  private static final class Reader implements SourceReader<Line> {
    private final String file;
    private final LineScanner lines;
    private long number;

    Reader(String file, LineScanner lines, long number) {
      this.file = file;
      this.lines = lines;
      this.number = number;
    }

    @Override
    public Status advance() throws IOException {
      Status status = lines.advance();
      if (status == Status.ELEMENT) {
        number++;
      }
      return status;
    }

    @Override
    public Line current() {
      return new Line(file, number, lines.line());
    }

    @Override
    public Position position() {
      return new Position(file, lines.offset() + ":" + number);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
