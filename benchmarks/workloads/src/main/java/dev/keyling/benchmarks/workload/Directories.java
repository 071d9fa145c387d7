package dev.keyling.benchmarks.workload;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The directories of benchmarks, which leave nothing behind. */
public final class Directories {
  private Directories() {}

  /** Deletes a directory and all that is in it, even while somebody else does. */
  public static void delete(Path directory) throws IOException {
    File[] files = directory.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      delete(file.toPath());
    }
    Files.deleteIfExists(directory);
  }

  /** Copies a directory with all that is in it to one that is not there yet. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Returns the bytes of all files; of those that go meanwhile, 0. */
  public static long size(Path directory) {
    return size(directory.toFile());
  }

  private static long size(File file) {
    File[] files = file.listFiles();
    return files == null ? file.length() : Stream.of(files).mapToLong(Directories::size).sum();
  }
}
