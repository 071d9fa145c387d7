package dev.keyling.checkpoint;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps manifests with the coordinator of the job, which has them in memory and in its journal. For
 * small ones: a checkpoint whose manifest is larger than {@code maxStateSize} fails.
 *
 * @param path where savepoints go that are given no place; null: they have to be given one
 * @param maxStateSize the largest manifest in bytes, above 0
 */
public record JobManagerCheckpointStorage(@Nullable Path path, long maxStateSize)
    implements CheckpointStorage {
  /** 5 MiB. */
  public static final long DEFAULT_MAX_STATE_SIZE = 5L << 20;

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public JobManagerCheckpointStorage {
    if (maxStateSize <= 0) {
      throw new IllegalArgumentException(
          "maxStateSize is at least 1 byte, not "
              + maxStateSize
              + "; the default is "
              + DEFAULT_MAX_STATE_SIZE);
    }
  }

  /** Without a path, and with the default limit. */
  public JobManagerCheckpointStorage() {
    this(null, DEFAULT_MAX_STATE_SIZE);
  }
}
