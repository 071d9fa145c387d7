package dev.keyling.connector;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of a lines source: one partition each, named by the path as the user gave it. */
record LineFiles(List<Path> files, boolean following) {

  static LineFiles of(Path... files) {
    if (files.length == 0) {
      throw new IllegalArgumentException("lines are read from one file at least: none is given");
    }
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      if (!names.add(file.toString())) {
        throw new IllegalArgumentException("the input file " + file + " is given twice");
      }
    }
    return new LineFiles(List.of(files), false);
  }

  LineFiles follow() {
    return new LineFiles(files, true);
  }

  /**
   * Returns the partitions after a look at every file, so that a wrong path stops the job early.
   */
  List<String> partitions() throws IOException {
    for (Path file : files) {
      check(file);
    }
    return files.stream().map(Path::toString).toList();
  }

  LineScanner open(String partition, long offset) throws IOException {
    for (Path file : files) {
      if (file.toString().equals(partition)) {
        check(file);
        return LineScanner.open(file, offset, following);
      }
    }
    throw new IllegalArgumentException(
        partition + " is not one of the input files " + files + " of this source");
  }

  /** Reads one number of a position. */
  static long number(Position position, String digits) {
    if (!digits.matches("\\d{1,18}")) {
      throw new IllegalArgumentException(
          ("cannot go on in %s at '%s': that is not a position of this kind of source; "
                  + "was it another one before?")
              .formatted(position.partition(), position.offset()));
    }
    return Long.parseLong(digits);
  }

  private static void check(Path file) throws IOException {
    String name = file.toString();
    if (Files.notExists(file)) {
      throw new NoSuchFileException(name, null, "there is no such input file; check the path");
    }
    if (Files.isDirectory(file)) {
      throw new FileSystemException(name, null, "is a directory; name the files in it");
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(name, null, "cannot be read; check the permissions");
    }
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(
          name,
          null,
          "is not a regular file, so it cannot be read again after a restart; copy it to a file");
    }
  }
}
