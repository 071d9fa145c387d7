package dev.keyling.persistence.checkpoint;

import dev.keyling.checkpoint.CustomCheckpointStorage;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checkpoints of one dataflow as files: a directory {@code chk-<id>} for each, a file for each
 * part. A file has its name only when it is whole and durable. One directory serves one store: a
 * checkpoint that is there already was written by another.
 */
public final class CheckpointDirectory implements CustomCheckpointStorage {
  /** The part that comes last. */
  public static final String METADATA = "_metadata";

  private static final String PREFIX = "chk-";
  private static final String UNFINISHED = ".tmp";

  private final Path root;
  private final int bufferSize;

  /**
   * @param root the directory of the dataflow; made when it is needed
   * @param bufferSize of files while they are written; 0: none
   */
  public CheckpointDirectory(Path root, int bufferSize) {
    this.root = root.toAbsolutePath().normalize();
    this.bufferSize = bufferSize;
  }

  /** Returns where a checkpoint is. */
  public Path directory(long checkpointId) {
    return root.resolve(PREFIX + checkpointId);
  }

  @Override
  public OutputStream create(long checkpointId, String name) throws IOException {
    Path directory = directory(checkpointId);
    if (Files.exists(directory.resolve(METADATA))) {
      throw new FileAlreadyExistsException(
          directory
              + " is there already, and this store did not write it: another one, or a copy, uses"
              + " the same directory; give each its own, or delete what is no longer needed");
    }
    boolean isNew = !Files.isDirectory(root);
    try {
      Files.createDirectories(directory);
      Path above = root.getParent();
      if (isNew && above != null) {
        force(above);
      }
    } catch (FileAlreadyExistsException | NotDirectoryException e) {
      throw new IOException(
          directory + " cannot be made, as a file is in the way; choose another directory", e);
    }
    FileOutputStream file = new FileOutputStream(directory.resolve(name + UNFINISHED).toFile());
    return new DurableOnClose(file, bufferSize, root, directory, name);
  }

  @Override
  public InputStream open(long checkpointId, String name) throws IOException {
    Path file = directory(checkpointId).resolve(name);
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new NoSuchFileException(
          file.toString(),
          null,
          "is not there: the checkpoint was deleted, moved or never finished");
    }
  }

  @Override
  public List<Long> completed() throws IOException {
    return begun().stream().filter(id -> Files.exists(directory(id).resolve(METADATA))).toList();
  }

  /** Returns the ids of the checkpoints of which there is anything, in any order. */
  public List<Long> begun() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root)) {
      return all.map(each -> each.getFileName().toString())
          .filter(name -> name.matches(PREFIX + "[0-9]{1,18}"))
          .map(name -> Long.valueOf(name.substring(PREFIX.length())))
          .toList();
    }
  }

  /** Deletes the metadata first: what is left after a crash is no checkpoint. */
  @Override
  public void discard(long checkpointId) throws IOException {
    Path directory = directory(checkpointId);
    if (!Files.isDirectory(directory)) {
      return;
    }
    Files.deleteIfExists(directory.resolve(METADATA));
    List<Path> parts;
    try (Stream<Path> all = Files.list(directory)) {
      parts = all.filter(Files::isRegularFile).toList();
    }
    for (Path part : parts) {
      Files.deleteIfExists(part);
    }
    Files.deleteIfExists(directory);
    try {
      Files.deleteIfExists(root);
    } catch (DirectoryNotEmptyException e) {
      // others are there
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A file that gets its name when it is closed. */
  private static final class DurableOnClose extends BufferedOutputStream {
    private final FileOutputStream file;
    private final Path root;
    private final Path directory;
    private final String name;
    private boolean closed;

    DurableOnClose(FileOutputStream file, int bufferSize, Path root, Path directory, String name) {
      super(file, Math.max(1, bufferSize));
      this.file = file;
      this.root = root;
      this.directory = directory;
      this.name = name;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (file) {
        flush();
        file.getFD().sync();
      }
      Files.move(
          directory.resolve(name + UNFINISHED),
          directory.resolve(name),
          StandardCopyOption.ATOMIC_MOVE);
      force(directory);
      force(root);
    }
  }
}
