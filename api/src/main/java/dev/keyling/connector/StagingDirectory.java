package dev.keyling.connector;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The hidden directory beside a target file. What belongs at byte n of the target stands in {@code
 * n.staged}.
 */
final class StagingDirectory {
  private final Disk disk;
  private final Path path;
  private boolean created;

  /**
   * Names the staging directory of a target.
   *
   * @param target an absolute path
   */
  StagingDirectory(Disk disk, Path target) {
    this.disk = disk;
    this.path = target.resolveSibling("." + target.getFileName() + ".keyling");
  }

  Path file(long offset) {
    return path.resolve(offset + ".staged");
  }

  /**
   * Makes sure that the directory exists, and that its name and the target's, which is there since
   * {@code recover}, survive a crash of the machine.
   */
  void create() throws IOException {
    if (!created) {
      disk.createDirectory(path);
      disk.forceDirectory(path.resolveSibling("."));
      created = true;
    }
  }

  /** Returns when the names of the staging files survive a crash of the machine. */
  void force() throws IOException {
    disk.forceDirectory(path);
  }

  /** Deletes all staging files. */
  void clear() throws IOException {
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*.staged")) {
        for (Path file : files) {
          disk.delete(file);
        }
      }
    }
  }

  /** Deletes the directory unless something is in it. */
  void deleteIfEmpty() throws IOException {
    created = false;
    try {
      disk.delete(path);
    } catch (DirectoryNotEmptyException e) {
      // a checkpoint is prepared and not committed: the next attempt needs it
    }
  }
}
