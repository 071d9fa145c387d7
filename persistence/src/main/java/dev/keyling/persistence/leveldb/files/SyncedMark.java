package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.record.BatchChain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code synced} beside the database: the newest batch that was synchronized, so that its
 * end cannot get lost unseen. Written after every synchronization and never synchronized itself: it
 * may be old after a power cut, and then says less, but it never says too much.
 */
public final class SyncedMark implements AutoCloseable {

  private static final String FILE = "synced";
  private static final int BODY = Long.BYTES + Integer.BYTES;

  private final Path path;
  private @Nullable FileChannel file;

  /** The mark of a database. The file is made with the first batch. */
  public SyncedMark(Path db) {
    this.path = db.resolveSibling(FILE);
  }

  /** Remembers this batch. */
  public void set(BatchChain batch) throws IOException {
    FileChannel opened = file;
    if (opened == null) {
      opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      file = opened;
    }
    ByteBuffer bytes = ByteBuffer.allocate(BODY + Integer.BYTES);
    bytes.putLong(batch.number()).putInt(batch.chain()).putInt(checksum(bytes)).flip();
    opened.write(bytes, 0);
  }

  /**
   * Compares the mark, if there is one, with the newest batch of the database.
   *
   * @return what is wrong, if anything
   */
  static Optional<StoreException> check(Path db, BatchChain newest) throws IOException {
    Path path = db.resolveSibling(FILE);
    if (!Files.exists(path) || Files.size(path) == 0) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    if (bytes.capacity() != BODY + Integer.BYTES || bytes.getInt(BODY) != checksum(bytes)) {
      return Optional.of(
          new StoreException(
              "damaged file "
                  + path
                  + ": if nothing else is damaged, delete it, and the end of the newest log is"
                  + " believed as it is"));
    }
    long number = bytes.getLong(0);
    if (number < newest.number()
        || (number == newest.number() && bytes.getInt(Long.BYTES) == newest.chain())) {
      return Optional.empty();
    }
    return Optional.of(
        new StoreException(
            "a hole in the store "
                + db
                + ": batch "
                + number
                + " was on the disk, but the newest one is now "
                + newest.number()
                + "; restore the directory from a copy or a savepoint"));
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(BODY));
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new StoreException("cannot close " + path, e);
    }
  }
}
