package dev.keyling.examples.cli;

import dev.keyling.connector.Line;
import dev.keyling.connector.Source;
import dev.keyling.connector.Sources;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files and directories that a run is given, looked at before it begins. */
final class Places {
  private Places() {}

  /** Returns a source of the files after a look at each. */
  static Source<Line> input(List<Path> files) throws IOException {
    try {
      Source<Line> source = Sources.numberedLines(files.toArray(Path[]::new));
      source.partitions();
      return source;
    } catch (FileSystemException e) {
      throw new UsageException("--input " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--input: " + e.getMessage());
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Refuses an output file that cannot be written. */
  static void checkOutput(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UsageException("--output %s is a directory; name a file".formatted(file));
    }
    if (directory == null || !Files.isDirectory(directory)) {
      throw new UsageException(
          "--output %s: there is no directory %s; create it".formatted(file, directory));
    }
    if (!Files.isWritable(Files.exists(file) ? file : directory)) {
      throw new UsageException(
          "--output %s cannot be written; check the permissions or choose another file"
              .formatted(file));
    }
  }

  /** Makes sure that the directory for the data is there and can be written. */
  static void prepareData(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(
          "--data %s: %s is a file; name a directory".formatted(directory, e.getMessage()));
    } catch (IOException e) {
      throw new UsageException(
          "--data %s cannot be created (%s); choose another directory"
              .formatted(
                  directory,
                  e instanceof AccessDeniedException ? "permission denied" : e.getMessage()));
    }
    if (!Files.isWritable(directory)) {
      throw new UsageException(
          "--data %s cannot be written; check the permissions or choose another directory"
              .formatted(directory));
    }
  }
}
