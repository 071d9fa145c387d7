package dev.keyling.examples.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A line on a terminal that is written over and over, and makes way for the lines of others.
 * Thread-safe.
 */
final class ProgressLine {
  private static final int BUFFER = 64 << 10;
  private static final String ERASE_TO_END_OF_LINE = "\u001b[K";

  private final PrintStream terminal;
  private boolean shown;
  private boolean othersAreInsideALine;

  ProgressLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Shows the text instead of the one before. */
  synchronized void show(String text) {
    if (!othersAreInsideALine) {
      terminal.print("\r" + text + ERASE_TO_END_OF_LINE);
      terminal.flush();
      shown = true;
    }
  }

  /** Erases the line. */
  synchronized void hide() {
    if (shown) {
      terminal.print("\r" + ERASE_TO_END_OF_LINE);
      terminal.flush();
      shown = false;
    }
  }

  /** Returns a buffered stream to {@code other} that may end on the same terminal. */
  PrintStream beside(PrintStream other) {
    OutputStream makingWay = new BufferedOutputStream(new MakingWay(other), BUFFER);
    return new PrintStream(makingWay, false, StandardCharsets.UTF_8);
  }

  private final class MakingWay extends OutputStream {
    private final PrintStream other;

    MakingWay(PrintStream other) {
      this.other = other;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return;
      }
      synchronized (ProgressLine.this) {
        hide();
        other.write(bytes, offset, length);
        othersAreInsideALine = bytes[offset + length - 1] != '\n';
        flush();
      }
    }

    /** A print stream keeps its errors for itself; whoever writes here must know of them. */
    @Override
    public void flush() throws IOException {
      if (other.checkError()) {
        throw new IOException("the output is closed or cannot be written");
      }
    }
  }
}
