package dev.keyling.connector;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The sources that come with Keyling. */
public final class Sources {
  private Sources() {}

  /**
   * Returns a source of the given elements, in the order of the collection. One partition, {@code
   * "0"}; a position is the index of the next element, so a restarted program continues correctly
   * only if it builds the same collection again.
   *
   * @param elements copied now; holds no null
   */
  public static <T> Source<T> collection(Collection<? extends T> elements) {
    return new CollectionSource<>(List.copyOf(elements));
  }

  /**
   * Returns a source of the lines of text files: one partition per file, named by the path as it is
   * given here. See {@link LinesSource} for how lines are read.
   *
   * @throws IllegalArgumentException if there is no file, or one twice
   */
  public static LinesSource lines(Path... files) {
    return new LinesSource(LineFiles.of(files));
  }

  /**
   * Returns a source like {@link #lines} whose elements know their file and line number, for error
   * messages. Positions of the one are not positions of the other.
   *
   * @throws IllegalArgumentException if there is no file, or one twice
   */
  public static NumberedLinesSource numberedLines(Path... files) {
    return new NumberedLinesSource(LineFiles.of(files));
  }
}
