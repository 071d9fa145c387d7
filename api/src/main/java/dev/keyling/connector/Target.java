package dev.keyling.connector;

import static java.nio.file.StandardOpenOption.READ;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a lines sink has published, and how more is appended to it. */
final class Target implements Closeable {
  private final Disk disk;
  private final TargetFile file;
  private final StagingDirectory directory;
  private long length;

  Target(Disk disk, TargetFile file, StagingDirectory directory) {
    this.disk = disk;
    this.file = file;
    this.directory = directory;
  }

  /** How long the file is as far as this writer has published or checked it: all durable. */
  long length() {
    return length;
  }

  /** Refuses a file that holds something. */
  void checkEmpty() throws IOException {
    long size = file.size();
    if (size > 0) {
      throw Refused.because(
          file.path(),
          ("already holds %d bytes, and this job has no checkpoint that wrote them; "
                  + "choose another output file or delete this one")
              .formatted(size));
    }
  }

  /**
   * Makes the file end with what a completed checkpoint says, durably; refuses to touch a file that
   * cannot be what this job left.
   *
   * @param truncate whether to cut off what stands behind
   */
  void publish(LinesHandle handle, long checkpointId, boolean truncate) throws IOException {
    long size = file.size();
    if (size > handle.end() && !truncate) {
      throw Refused.because(
          file.path(),
          ("has %d bytes, but %d with checkpoint %d: somebody else wrote to it, or a newer "
                  + "checkpoint; restore the newest one, or cut the file with truncateOnRestore()")
              .formatted(size, handle.end(), checkpointId));
    }
    for (Segment segment : handle.segments()) {
      if (segment.end() > length) {
        publish(segment, checkpointId);
        length = segment.end();
      }
    }
    if (size > handle.end()) {
      file.channel().truncate(handle.end());
      file.channel().force(false);
    }
  }

  private void publish(Segment segment, long checkpointId) throws IOException {
    long size = file.size();
    if (size < segment.offset()) {
      throw tooShort(checkpointId, size, segment.offset());
    }
    long there = Math.min(size, segment.end()) - segment.offset();
    Path stagingFile = directory.file(segment.offset());
    if (Files.exists(stagingFile)) {
      try (FileChannel staged = disk.open(stagingFile, READ)) {
        checkStaged(segment, stagingFile, staged, checkpointId);
        if (!FileBytes.isTornCopy(file.channel(), segment.offset(), there, staged)) {
          throw otherLines(checkpointId, segment);
        }
        write(segment, staged);
      }
      disk.delete(stagingFile);
    } else if (there < segment.length()) {
      throw tooShort(checkpointId, size, segment.end());
    } else if (FileBytes.crc(file.channel(), segment.offset(), there) != segment.crc()) {
      throw otherLines(checkpointId, segment);
    }
  }

  private static void checkStaged(
      Segment segment, Path stagingFile, FileChannel staged, long checkpointId) throws IOException {
    if (staged.size() != segment.length()
        || FileBytes.crc(staged, 0, segment.length()) != segment.crc()) {
      throw Refused.because(
          stagingFile,
          ("is damaged: it is not what the job staged for checkpoint %d; "
                  + "restore an older checkpoint or start the job anew")
              .formatted(checkpointId));
    }
  }

  /**
   * Writes the whole segment even where it is there already: a failed force may have dropped it.
   */
  private void write(Segment segment, FileChannel staged) throws IOException {
    try {
      FileBytes.copy(staged, segment.length(), file.channel(), segment.offset());
      file.channel().force(false);
    } catch (IOException e) {
      throw Refused.because(file.path(), "cannot be written; restart the job when it can", e);
    }
  }

  private IOException tooShort(long checkpointId, long size, long expected) {
    return changed("has only %d bytes of the %d in".formatted(size, expected), checkpointId);
  }

  private IOException otherLines(long checkpointId, Segment segment) {
    return changed(
        "holds other lines from byte %d on than".formatted(segment.offset()), checkpointId);
  }

  private IOException changed(String found, long checkpointId) {
    return Refused.because(
        file.path(),
        ("%s what the job wrote up to checkpoint %d: it was changed or is another file; "
                + "put back the file of this job, or start the job anew")
            .formatted(found, checkpointId));
  }

  @Override
  public void close() throws IOException {
    file.channel().close();
  }
}
