package dev.keyling.connector;

import static java.util.Objects.requireNonNull;

/**
 * A line of a text file, and where it stands.
 *
 * @param file the file, as it was given to {@link Sources#numberedLines}
 * @param number the number of the line in its file, from 1
 * @param text the line without its line break
 */
public record Line(String file, long number, String text) {
  public Line {
    requireNonNull(file, "file");
    requireNonNull(text, "text");
  }
}
