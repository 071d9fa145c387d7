package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that nobody uses, read from its files, which are not changed. Keeps others from using it
 * until it is closed. Not thread-safe. Reads that meet something damaged throw a {@link
 * StoreException}; {@link #verify} goes on and tells all.
 */
public final class OfflineStore implements AutoCloseable {

  private final Path dir;
  private final StoreLock lock;

  private OfflineStore(Path dir, StoreLock lock) {
    this.dir = dir;
    this.lock = lock;
  }

  /**
   * Opens the store in a directory.
   *
   * @throws StoreException if there is none, or somebody uses it
   */
  public static OfflineStore open(Path dir) {
    if (!Files.isDirectory(dir)) {
      throw new StoreException("there is no directory " + dir + ": give the directory of a store");
    }
    if (!Files.exists(dir.resolve(StoreIdentity.FILE)) && !Files.exists(dir.resolve("db"))) {
      throw new StoreException(
          dir + " holds no store of Keyling: give the directory that keyling.persistence.leveldb.dir"
              + " or --data names");
    }
    try {
      return new OfflineStore(dir, StoreLock.share(dir));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks every file, every block and every record, as far as they can be read. */
  public StoreVerdict verify() {
    return new Verification(dir).run();
  }

  @Override
  public void close() {
    lock.close();
  }
}
