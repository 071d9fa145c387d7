package dev.keyling.connector;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a lines sink, open for one writer alone.
 *
 * @param path its name, absolute
 * @param channel open for reading and writing
 * @param identity the file behind the name when it was opened; null where the system tells none
 */
record TargetFile(Path path, FileChannel channel, @Nullable Object identity) {

  /**
   * Opens the file, and creates it if nothing is expected in it.
   *
   * @param expected the bytes that the job has written to it
   */
  static TargetFile open(Disk disk, Path path, long expected) throws IOException {
    check(path, expected);
    FileChannel channel = create(disk, path);
    try {
      lock(channel, path);
      return new TargetFile(path, channel, attributes(path).fileKey());
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private static void check(Path path, long expected) throws IOException {
    if (Files.notExists(path.resolveSibling("."))) {
      throw Refused.because(path, "the directory of this output file does not exist; create it");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw Refused.because(
          path, "is a directory or device, not a file; choose another output file");
    }
    if (Files.notExists(path) && expected > 0) {
      throw Refused.because(
          path,
          ("is missing, but the job has already written %d bytes to its output file; "
                  + "name that file, put it back, or start the job anew; to begin another file with"
                  + " a savepoint, remove the sink from it (SavepointWriter.removeSink)")
              .formatted(expected));
    }
  }

  private static FileChannel create(Disk disk, Path path) throws IOException {
    try {
      return disk.open(path, CREATE, READ, WRITE);
    } catch (AccessDeniedException e) {
      throw Refused.because(
          path, "this output file cannot be written; check the permissions or choose another");
    }
  }

  /** Locks one byte far behind the content, so that everybody can read the file. */
  private static void lock(FileChannel channel, Path path) throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      throw Refused.because(
          path, "another job is writing to this output file; stop it or choose another file");
    }
  }

  /**
   * Returns the bytes of what has the file's name now, which has to be the file that was opened.
   */
  long size() throws IOException {
    BasicFileAttributes now = attributes(path);
    if (!Objects.equals(now.fileKey(), identity)) {
      throw Refused.because(
          path,
          "was replaced while the job was writing it; put back the old one or start the job anew");
    }
    return now.size();
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw Refused.because(path, "was deleted while the job was writing it; start the job anew");
    }
  }
}
