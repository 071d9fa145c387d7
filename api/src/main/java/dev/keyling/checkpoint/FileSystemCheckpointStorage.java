package dev.keyling.checkpoint;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Keeps manifests in files: a directory {@code <path>/<dataflow>/chk-<id>} for each checkpoint,
 * with the manifest in {@code _metadata} and what sinks have staged in files of their own if it is
 * large. Whoever runs the dataflow needs to be able to write there.
 *
 * @param path the directory above those of the dataflows; made when it is needed
 * @param fileStateSizeThreshold what is smaller, in bytes, is put into {@code _metadata}; -1 means
 *     {@link #DEFAULT_THRESHOLD}; at most {@link #MAX_THRESHOLD}
 * @param writeBufferSize the buffer of the files while they are written, in bytes; -1 means {@link
 *     #DEFAULT_WRITE_BUFFER}
 */
public record FileSystemCheckpointStorage(
    Path path, int fileStateSizeThreshold, int writeBufferSize) implements CheckpointStorage {
  /** 20 KiB. */
  public static final int DEFAULT_THRESHOLD = 20 << 10;

  /** 1 MiB. */
  public static final int MAX_THRESHOLD = 1 << 20;

  /** 4 KiB. */
  public static final int DEFAULT_WRITE_BUFFER = 4 << 10;

  private static final int UNSET = -1;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is out of its bounds
   */
  public FileSystemCheckpointStorage {
    Objects.requireNonNull(path, "the path of a checkpoint storage");
    if (fileStateSizeThreshold < UNSET || fileStateSizeThreshold > MAX_THRESHOLD) {
      throw new IllegalArgumentException(
          "fileStateSizeThreshold is between -1 (the default, %d bytes) and %d bytes, not %d"
              .formatted(DEFAULT_THRESHOLD, MAX_THRESHOLD, fileStateSizeThreshold));
    }
    if (writeBufferSize < UNSET) {
      throw new IllegalArgumentException(
          "writeBufferSize is -1 (the default, %d bytes) or a number of bytes, not %d"
              .formatted(DEFAULT_WRITE_BUFFER, writeBufferSize));
    }
  }

  /** With the default sizes. */
  public FileSystemCheckpointStorage(Path path) {
    this(path, UNSET, UNSET);
  }

  /** Returns the size in bytes from which on something gets a file of its own. */
  public int minFileStateSize() {
    return fileStateSizeThreshold == UNSET ? DEFAULT_THRESHOLD : fileStateSizeThreshold;
  }

  /** Returns the buffer in bytes that is used: never less than what is kept out of files. */
  public int bufferSize() {
    int wanted = writeBufferSize == UNSET ? DEFAULT_WRITE_BUFFER : writeBufferSize;
    return Math.max(wanted, minFileStateSize());
  }
}
