package dev.keyling.connector;

import java.io.IOException;
import java.io.PrintStream;

/** Prints each element on a line. The stream is not its own: it flushes, and never closes it. */
record PrintWriter<T>(PrintStream out) implements SinkWriter<T> {

  @Override
  public void write(T element) {
    out.println(element);
  }

  /**
   * Flushes the stream.
   *
   * @throws IOException if the stream has failed, as when its reader is gone; a print stream itself
   *     would go on in silence
   */
  @Override
  public void flush() throws IOException {
    if (out.checkError()) {
      throw new IOException("printed lines are lost: the output is closed or cannot be written");
    }
  }

  @Override
  public void close() {}
}
