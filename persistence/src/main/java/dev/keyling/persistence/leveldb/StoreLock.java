package dev.keyling.persistence.leveldb;

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

/** Keeps everybody else out of a store's directory, and tells them who holds it. */
final class StoreLock implements AutoCloseable {

  /**
   * Directories this process holds. Asked before the file is touched: on POSIX, closing any second
   * channel to a locked file gives the lock away.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path dir;
  private final FileChannel file;

  private StoreLock(Path dir, FileChannel file) {
    this.dir = dir;
    this.file = file;
  }

  /**
   * Takes the lock.
   *
   * @throws StoreException if somebody else has it, naming the process
   */
  static StoreLock take(Path directory) throws IOException {
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
    Path path = dir.resolve("lock");
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = file.tryLock();
    if (lock == null) {
      file.close();
      String pid = Files.readString(path, StandardCharsets.UTF_8).strip();
      throw refused(dir, pid.isEmpty() ? "another process" : "the process with pid " + pid);
    }
    file.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
    return new StoreLock(dir, file);
  }

  private static StoreException refused(Path dir, String who) {
    return new StoreException(
        "the store in " + dir + " is in use by " + who + ": stop it, or choose another directory");
  }

  /** Lets others in. */
  @Override
  public void close() {
    try {
      file.truncate(0);
      file.close();
    } catch (IOException e) {
      throw new StoreException("cannot release the lock of the store in " + dir, e);
    } finally {
      HELD.remove(dir);
    }
  }
}
