package dev.keyling.connector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commit protocol of the lines sink.
 *
 * <pre>
 * write      line → buffer → staging file
 * prepare    force the staging file and its name; the handle says where it belongs and its CRC
 * commit     append it to the target, force the target, delete the staging file
 * recover    the same for what the last completed checkpoint had not finished;
 *            delete all other staging files
 * </pre>
 *
 * A staging file goes only after its bytes are durable in the target, so at any moment each line of
 * a completed checkpoint is durable in one of them. Deleting need not be durable: a staging file
 * that comes back is published over itself, or dropped, by the next {@code recover}.
 */
final class LinesWriter implements CommittingWriter<String> {
  private final Disk disk;
  private final Path file;
  private final boolean truncateOnRestore;
  private final int bufferSize;
  private final StagingDirectory directory;

  /** The last published segment, if any, then those that are prepared and not published. */
  private final List<Segment> segments = new ArrayList<>();

  private @Nullable Target target;
  private @Nullable Staging staging;

  LinesWriter(Disk disk, Path file, boolean truncateOnRestore, int bufferSize) {
    this.disk = disk;
    this.file = file.toAbsolutePath();
    this.truncateOnRestore = truncateOnRestore;
    this.bufferSize = bufferSize;
    this.directory = new StagingDirectory(disk, this.file);
  }

  @Override
  public void recover(@Nullable Restored restored) throws IOException {
    if (target != null) {
      throw new IllegalStateException("recover is called once, before everything else");
    }
    if (restored == null || restored.handles().isEmpty()) {
      open(0).checkEmpty();
      begin(LinesHandle.NOTHING);
    } else {
      List<byte[]> handles = restored.handles();
      LinesHandle handle = LinesHandle.decode(handles.get(handles.size() - 1));
      open(handle.end()).publish(handle, restored.checkpointId(), truncateOnRestore);
      begin(handle);
    }
  }

  private Target open(long expected) throws IOException {
    Target opened = new Target(disk, TargetFile.open(disk, file, expected), directory);
    target = opened;
    return opened;
  }

  private void begin(LinesHandle handle) throws IOException {
    directory.clear();
    segments.addAll(handle.segments());
    staging = new Staging(disk, directory, handle.end(), bufferSize);
  }

  @Override
  public void write(String line) throws IOException {
    if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "a file of lines cannot hold an element with a line break in it: " + inOneLine(line));
    }
    recovered(staging).append(line);
  }

  @Override
  public byte[] prepare(long checkpointId) throws IOException {
    Segment sealed = recovered(staging).seal();
    if (sealed != null) {
      segments.add(sealed);
    }
    return new LinesHandle(segments).encode();
  }

  @Override
  public void commit(long checkpointId, byte[] handle) throws IOException {
    Target published = recovered(target);
    LinesHandle completed = LinesHandle.decode(handle);
    if (completed.end() > published.length()) {
      published.publish(completed, checkpointId, false);
      forgetBefore(published);
    }
  }

  @Override
  public void close() throws IOException {
    Target published = target;
    Staging dropped = staging;
    target = null;
    staging = null;
    if (published != null) {
      try (published) {
        if (dropped != null) {
          dropped.close();
        }
        directory.deleteIfEmpty();
      }
    }
  }

  /**
   * Forgets the segments that are published, but for the last: a handle shows the end of the file.
   */
  private void forgetBefore(Target published) {
    while (segments.size() > 1 && segments.get(1).end() <= published.length()) {
      segments.remove(0);
    }
  }

  private static <R> R recovered(@Nullable R part) {
    if (part == null) {
      throw new IllegalStateException("the writer is closed, or recover was not called");
    }
    return part;
  }

  private static String inOneLine(String element) {
    String start = element.length() > 200 ? element.substring(0, 200) + "…" : element;
    return start.replace("\n", "\\n").replace("\r", "\\r");
  }
}
