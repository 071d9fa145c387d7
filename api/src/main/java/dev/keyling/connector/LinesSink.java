package dev.keyling.connector;

import java.nio.file.Path;

/**
 * Writes each element as a line of a UTF-8 text file, exactly once: what is in the file after any
 * crash and restart is exactly the output of the completed checkpoints. Made by {@link
 * Sinks#lines}.
 *
 * <p>Lines appear when their checkpoint completes; without checkpoints, when all input has ended.
 * Until then they wait in memory and in a hidden directory {@code .NAME.keyling} beside the file,
 * which goes when it is not needed any more. One job writes to one file, through one writer.
 *
 * <p>The sink never guesses. It refuses, with what it found and what to do:
 *
 * <ul>
 *   <li>a job without a checkpoint, when the file already holds something
 *   <li>a file that is shorter, longer, or otherwise at its end than the checkpoint left it
 *   <li>a file that another writer has open, or that somebody changes while the job runs
 *   <li>an element that holds a line break ({@link IllegalArgumentException})
 * </ul>
 */
public final class LinesSink implements ExactlyOnceSink<String> {
  private final Path file;
  private final boolean truncateOnRestore;

  LinesSink(Path file) {
    this(file, false);
  }

  private LinesSink(Path file, boolean truncateOnRestore) {
    this.file = file;
    this.truncateOnRestore = truncateOnRestore;
  }

  /**
   * Returns a sink that may cut its file: when the job is restored from a checkpoint or savepoint
   * that is not the newest, the lines that were published after it are removed, and the job writes
   * what it now finds right. Whatever else was appended to the file is removed as well.
   */
  public LinesSink truncateOnRestore() {
    return new LinesSink(file, true);
  }

  @Override
  public CommittingWriter<String> open(String partition) {
    return new LinesWriter(Disk.REAL, file, truncateOnRestore, Staging.BUFFER);
  }
}
