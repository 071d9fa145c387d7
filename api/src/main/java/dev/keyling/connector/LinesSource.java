package dev.keyling.connector;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The lines of text files. Made by {@link Sources#lines}.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, which does not belong to the element. Text is
 * UTF-8; a malformed byte becomes U+FFFD. What stands after the last line break is a last line. A
 * line may have up to 64 MiB; a longer one is refused.
 *
 * <p>A position is the byte offset of the next line. A file that is missing, unreadable, or shorter
 * than the position is refused, and so is one in which the position stands inside a line: it is not
 * the file that was read before. What was read may not be changed while the job lives; lines may be
 * appended.
 */
public final class LinesSource implements Source<String> {
  private final LineFiles files;

  LinesSource(LineFiles files) {
    this.files = files;
  }

  /**
   * Returns a source of the same files that never ends: at the end of a file it waits for more. A
   * last line is delivered when its line break is there. A file that is renamed is followed under
   * its new name, until the job restarts.
   */
  public LinesSource follow() {
    return new LinesSource(files.follow());
  }

  @Override
  public List<String> partitions() throws IOException {
    return files.partitions();
  }

  @Override
  public SourceReader<String> open(String partition, Optional<Position> from) throws IOException {
    long offset = from.isPresent() ? LineFiles.number(from.get(), from.get().offset()) : 0;
    LineScanner lines = files.open(partition, offset);
    return new SourceReader<>() {
      @Override
      public Status advance() throws IOException {
        return lines.advance();
      }

      @Override
      public String current() {
        return lines.line();
      }

      @Override
      public Position position() {
        return new Position(partition, Long.toString(lines.offset()));
      }

      @Override
      public void close() throws IOException {
        lines.close();
      }
    };
  }
}
