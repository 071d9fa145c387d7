package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps everybody else out of a store's directory, and tells them who holds it. */
public final class StoreLock implements AutoCloseable {

  private static final String FILE = "lock";

  /**
   * Directories this process holds. Asked before the file is touched: on POSIX, closing any second
   * channel to a locked file gives the lock away.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path dir;
  private final @Nullable FileChannel file;
  private final boolean isWriter;

  private StoreLock(Path dir, @Nullable FileChannel file, boolean isWriter) {
    this.dir = dir;
    this.file = file;
    this.isWriter = isWriter;
  }

  /**
   * Takes the lock.
   *
   * @throws StoreException if somebody else has it, naming the process
   */
  public static StoreLock take(Path directory) throws IOException {
    Path dir = directory.toRealPath();
    if (!HELD.add(dir)) {
      throw refused(dir, "this process (pid " + ProcessHandle.current().pid() + ")");
    }
    try {
      return lock(dir);
    } catch (IOException | RuntimeException e) {
      HELD.remove(dir);
      throw e;
    }
  }

  private static StoreLock lock(Path dir) throws IOException {
    Path path = dir.resolve(FILE);
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = file.tryLock();
    if (lock == null) {
      file.close();
      throw refused(dir, holder(path));
    }
    file.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
    return new StoreLock(dir, file, true);
  }

  private static StoreException refused(Path dir, String who) {
    return new StoreException(
        "the store in " + dir + " is in use by " + who + ": stop it, or choose another directory");
  }

  /**
   * Keeps writers out while the directory is only read; changes nothing in it.
   *
   * @throws StoreException if somebody uses it, naming the process
   */
  public static StoreLock share(Path directory) throws IOException {
    Path dir = directory.toRealPath();
    Path path = dir.resolve(FILE);
    if (!HELD.add(dir)) {
      throw refused(dir, "this process (pid " + ProcessHandle.current().pid() + ")");
    }
    FileChannel file = null;
    try {
      if (Files.exists(path)) {
        file = FileChannel.open(path, StandardOpenOption.READ);
        if (file.tryLock(0, Long.MAX_VALUE, true) == null) {
          file.close();
          throw refused(dir, holder(path));
        }
      }
      return new StoreLock(dir, file, false);
    } catch (IOException | RuntimeException e) {
      HELD.remove(dir);
      throw e;
    }
  }

  private static String holder(Path path) throws IOException {
    String pid = Files.readString(path, StandardCharsets.UTF_8).strip();
    return pid.isEmpty() ? "another process" : "the process with pid " + pid;
  }

  /** Lets others in. */
  @Override
  public void close() {
    try {
      if (file != null) {
        if (isWriter) {
          file.truncate(0);
        }
        file.close();
      }
    } catch (IOException e) {
      throw new StoreException("cannot release the lock of the store in " + dir, e);
    } finally {
      HELD.remove(dir);
    }
  }
}
