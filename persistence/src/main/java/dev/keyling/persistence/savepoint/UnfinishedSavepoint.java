package dev.keyling.persistence.savepoint;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A savepoint that is being written, in a directory beside the one that it will be. What is not
 * finished has no manifest, and never the name of a savepoint. Blocks on the disk.
 *
 * @param target the directory that it will be
 * @param creation what goes into its manifest and files
 */
public record UnfinishedSavepoint(Path target, String creation) {
  /** Name of the file that makes a directory a savepoint. */
  static final String MANIFEST = "manifest.json";

  private static final String UNFINISHED = ".unfinished-";

  /**
   * Makes the directory.
   *
   * @param target the directory that the savepoint will be; there must be nothing in it yet
   * @throws StoreException if it has something in it, or if the directory cannot be made
   */
  public static UnfinishedSavepoint begin(Path target) {
    UnfinishedSavepoint begun =
        new UnfinishedSavepoint(target.toAbsolutePath().normalize(), UUID.randomUUID().toString());
    try {
      requireFree(begun.target);
      Files.createDirectories(begun.directory());
    } catch (IOException e) {
      throw begun.failed(e);
    }
    return begun;
  }

  private static void requireFree(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      if (files.findAny().isPresent()) {
        throw new StoreException(
            "a savepoint cannot be written to %s: something is there already; take another directory"
                .formatted(target));
      }
    } catch (NoSuchFileException e) {
      return; // it will be made
    }
  }

  /** Returns the directory to write files into. */
  public Path directory() {
    return target.resolveSibling(target.getFileName() + UNFINISHED + creation);
  }

  /** Tells whether this is the name of a directory that was not finished. */
  static boolean isUnfinished(Path directory) {
    Path name = directory.getFileName();
    return name != null && name.toString().contains(UNFINISHED);
  }

  /**
   * Makes it a savepoint, durably: the manifest, whose files have all been finished, and then its
   * name.
   *
   * @throws StoreException if that fails; it is not a savepoint then
   */
  public void finish(SavepointManifest manifest) {
    Path directory = directory();
    Path draft = directory.resolve(MANIFEST + ".new");
    try {
      write(draft, ManifestJson.encode(manifest));
      Files.move(draft, directory.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
      force(directory);
      Files.deleteIfExists(target);
      Files.move(directory, target, StandardCopyOption.ATOMIC_MOVE);
      force(directory.resolveSibling("."));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void write(Path file, byte[] text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    } catch (AccessDeniedException e) {
      // Windows, where names are durable without this
    }
  }

  private StoreException failed(IOException e) {
    String why =
        e instanceof FileAlreadyExistsException
            ? "there is a file " + e.getMessage()
            : e.toString();
    return new StoreException(
        "a savepoint could not be written to %s: %s; see to the disk, or take another directory"
            .formatted(target, why),
        e);
  }

  /** Deletes what has been written. Of no consequence if something is left: it is no savepoint. */
  public void abandon() {
    try {
      delete(directory());
    } catch (IOException e) {
      // its name says what it is
    }
  }

  /** Deletes the directory of a savepoint, the manifest first. */
  static void delete(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(directory)) {
      files = listed.toList();
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(directory.resolve(MANIFEST));
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(directory);
  }
}
