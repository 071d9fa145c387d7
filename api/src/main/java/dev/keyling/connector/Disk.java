package dev.keyling.connector;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Every change that the lines sink makes to a file system. Tests put their own between, which
 * crashes at any of these calls and forgets what was not forced.
 */
interface Disk {
  /** The file system of the JVM. */
  Disk REAL = new Disk() {};

  default FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, options);
  }

  /** Creates a directory, unless it is there. */
  default void createDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
  }

  /** Deletes a file or an empty directory, if it is there. */
  default void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  /**
   * Returns when the names in a directory survive a crash of the machine. Does nothing on systems
   * that do not let a directory be opened.
   */
  default void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows, where names are durable without this
    }
  }
}
