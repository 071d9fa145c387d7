package dev.keyling.checkpoint;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A copy of everything that a job knew at one checkpoint, in a directory that belongs to the user:
 * it can be moved, read, rewritten, and restored into any store. Immutable.
 *
 * @param path its directory
 * @param checkpointId the checkpoint that it is a copy of; null if nobody has looked into it yet
 * @param dataflow the dataflow that it is of; null if nobody has looked into it yet
 * @param mode whom it belongs to once it is restored
 * @param allowsNonRestoredState whether steps that the program no longer has are left out
 */
public record Savepoint(
    Path path,
    @Nullable Long checkpointId,
    @Nullable String dataflow,
    RestoreMode mode,
    boolean allowsNonRestoredState) {

  public Savepoint {
    Objects.requireNonNull(path, "the directory of a savepoint is null");
    Objects.requireNonNull(mode, "mode");
  }

  /** Names the savepoint in this directory; nothing is read before somebody restores it. */
  public static Savepoint at(Path path) {
    return new Savepoint(path, null, null, RestoreMode.NO_CLAIM, false);
  }

  /** Names a savepoint that somebody has written or looked into. */
  public static Savepoint of(Path path, long checkpointId, String dataflow) {
    return new Savepoint(path, checkpointId, dataflow, RestoreMode.NO_CLAIM, false);
  }

  /** Returns the same savepoint, whose directory is deleted once the job holds all of it. */
  public Savepoint claim() {
    return new Savepoint(path, checkpointId, dataflow, RestoreMode.CLAIM, allowsNonRestoredState);
  }

  /**
   * Returns the same savepoint, of which a program may leave out steps. What they held is not
   * restored; without this a step that the program does not have is refused.
   */
  public Savepoint allowNonRestoredState() {
    return new Savepoint(path, checkpointId, dataflow, mode, true);
  }
}
