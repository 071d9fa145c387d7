package dev.keyling.connector;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;

/** The sinks that come with Keyling. */
public final class Sinks {
  private Sinks() {}

  /**
   * Returns a sink that prints {@code String.valueOf} of each element on a line of standard output
   * (what {@code System.out} is when the job starts).
   */
  public static <T> AtLeastOnceSink<T> print() {
    return partition -> new PrintWriter<>(System.out);
  }

  /** Returns a sink that prints {@code String.valueOf} of each element on a line of {@code out}. */
  public static <T> AtLeastOnceSink<T> print(PrintStream out) {
    return partition -> new PrintWriter<>(out);
  }

  /**
   * Returns a sink that adds each element to a collection, holding the collection's monitor while
   * it does. Whoever reads while the job runs should hold it too.
   */
  public static <T> AtLeastOnceSink<T> collect(Collection<? super T> into) {
    return partition -> new CollectWriter<>(into);
  }

  /**
   * Returns a sink that writes each element as a line of a text file, exactly once. See {@link
   * LinesSink} for what it guarantees and refuses.
   */
  public static LinesSink lines(Path file) {
    return new LinesSink(file);
  }
}
