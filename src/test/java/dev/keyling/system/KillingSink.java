package dev.keyling.system;

import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.ExactlyOnceSink;
import dev.keyling.connector.Restored;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A sink that lights the {@link Fuse} before and after each call of the commit protocol.
 *
 * @param file what it appends to, if it is a file
 */
record KillingSink<T>(ExactlyOnceSink<T> real, @Nullable Path file) implements ExactlyOnceSink<T> {

  @Override
  public CommittingWriter<T> open(String partition) throws Exception {
    return new Writer<>(real.open(partition), file);
  }

  private record Writer<T>(CommittingWriter<T> real, @Nullable Path file)
      implements CommittingWriter<T> {

    @Override
    public void recover(@Nullable Restored restored) throws Exception {
      Fuse.at(KillPoint.START_BEFORE_RECOVER);
      KillingDatabase.during(KillPoint.START_WITHIN_RECOVER_OF_ROWS);
      real.recover(restored);
      Fuse.at(KillPoint.START_AFTER_RECOVER);
    }

    @Override
    public void write(T element) throws Exception {
      real.write(element);
    }

    @Override
    public byte[] prepare(long checkpointId) throws Exception {
      Fuse.at(KillPoint.BEFORE_PREPARE);
      KillingDatabase.during(KillPoint.WITHIN_PREPARE_OF_ROWS);
      byte[] handle = real.prepare(checkpointId);
      Fuse.at(KillPoint.AFTER_PREPARE);
      return handle;
    }

    @Override
    public void commit(long checkpointId, byte[] handle) throws Exception {
      Fuse.at(KillPoint.BEFORE_PUBLISH);
      KillingDatabase.during(KillPoint.WITHIN_PUBLISH_OF_ROWS);
      GrowingFile watched =
          file != null && Fuse.isSetFor(KillPoint.WITHIN_PUBLISH_OF_LINES)
              ? GrowingFile.watch(file, KillPoint.WITHIN_PUBLISH_OF_LINES)
              : null;
      real.commit(checkpointId, handle);
      if (watched != null) {
        watched.stop();
      }
      Fuse.at(KillPoint.AFTER_PUBLISH);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
