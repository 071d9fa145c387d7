package dev.keyling.persistence.leveldb.database;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.files.Damage;
import dev.keyling.persistence.leveldb.files.LogCheck;
import dev.keyling.persistence.leveldb.files.LogSync;
import dev.keyling.persistence.leveldb.files.StoreFiles;
import dev.keyling.persistence.leveldb.files.StoreIdentity;
import dev.keyling.persistence.leveldb.files.StoreLock;
import dev.keyling.persistence.leveldb.record.BatchChain;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.Tag;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fusesource.leveldbjni.JniDBFactory;
import org.fusesource.leveldbjni.internal.NativeDB;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * Makes, checks and opens a store's directory: {@code lock}, {@code identity}, and the database in
 * {@code db}. A new store is made under another name and moved when it is complete, so a crash
 * while making one leaves nothing that could be mistaken for a damaged store.
 */
final class StoreDirectory {

  private static final String DRAFT = "db.new";
  private static final byte[] CREATION_KEY = {Tag.CREATION};

  private final LevelDbSettings settings;
  private final Consumer<String> report;
  private final Path dir;

  private StoreDirectory(LevelDbSettings settings, Consumer<String> report) {
    this.settings = settings;
    this.report = report;
    this.dir = settings.dir();
  }

  static Path database(LevelDbSettings settings) {
    return settings.dir().resolve("db");
  }

  static Database open(LevelDbSettings settings, Consumer<String> report) {
    StoreDirectory directory = new StoreDirectory(settings, report);
    StoreLock lock = null;
    try {
      Files.createDirectories(settings.dir());
      lock = StoreLock.take(settings.dir());
      return directory.openLocked(lock);
    } catch (IOException e) {
      release(lock);
      throw new StoreException(
          "cannot use "
              + settings.dir()
              + " for a store: "
              + reason(e)
              + "; choose another directory",
          e);
    } catch (RuntimeException | Error e) {
      release(lock);
      throw e;
    }
  }

  private Database openLocked(StoreLock lock) throws IOException {
    Path db = database(settings);
    FreeSpace.checkRoom(dir, settings.minFreeBytes(), Files.exists(db) ? LogSync.bytes(db) : 0);
    boolean isNew = !Files.exists(db) && (isDraft() || !Files.exists(identityFile()));
    if (isNew) {
      refuseForeignDatabase();
      create();
    }
    if (!Files.exists(identityFile())) {
      throw new StoreException(
          "the database in " + dir + " has no identity file: not a store, or an incomplete copy");
    }
    StoreIdentity identity = StoreIdentity.read(dir);
    identity.check(dir, settings.owner(), settings.keyGroups());
    StoreFiles files = StoreFiles.checkOnly(dir, identity);
    files.mend(report);
    LogCheck logs = files.logs();
    DB opened = openChecked(db);
    try {
      checkNewest(opened, logs.newest());
      return new Database(settings, opened, lock, identity, logs.newest());
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private DB openChecked(Path db) throws IOException {
    try {
      return openDatabase(db, false);
    } catch (NativeDB.DBException e) {
      throw Damage.in(db, "LevelDB does not open it (" + e.getMessage() + ")");
    }
  }

  static boolean exists(LevelDbSettings settings) {
    return Files.exists(settings.dir().resolve(StoreIdentity.FILE));
  }

  private Path identityFile() {
    return dir.resolve(StoreIdentity.FILE);
  }

  private boolean isDraft() {
    return Files.exists(dir.resolve(DRAFT));
  }

  private void refuseForeignDatabase() {
    if (Files.exists(dir.resolve("CURRENT"))) {
      throw new StoreException(
          dir + " holds a database that is not a store of Keyling: choose another directory");
    }
  }

  private void create() throws IOException {
    Path draft = dir.resolve(DRAFT);
    if (isDraft()) {
      try (Stream<Path> files = Files.walk(draft)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    StoreIdentity identity = StoreIdentity.create(settings.owner(), settings.keyGroups());
    DB db = openDatabase(draft, true);
    FreeSpace space = new FreeSpace(db, draft, settings.minFreeBytes(), FreeSpace.of(dir));
    GroupCommit writer = new GroupCommit(db, draft, settings, space, BatchChain.START);
    byte[] creation = identity.creation().toString().getBytes(StandardCharsets.US_ASCII);
    Changes first = new Changes().put(CREATION_KEY, Sealed.seal(CREATION_KEY, creation));
    writer.submit(first, Durability.DISK).join();
    writer.close();
    space.close();
    db.close();
    identity.write(dir);
    Files.move(draft, database(settings), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(dir, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private DB openDatabase(Path path, boolean create) throws IOException {
    Options options =
        new Options()
            .createIfMissing(create)
            .errorIfExists(create)
            .verifyChecksums(true)
            .paranoidChecks(true) // so that a compaction reads no damaged block, but fails
            .compressionType(CompressionType.NONE)
            .writeBufferSize(settings.writeBufferBytes())
            .cacheSize(settings.cacheBytes());
    return JniDBFactory.factory.open(path.toFile(), options);
  }

  /** LevelDB has read the logs too by now, and must have found the same. */
  private void checkNewest(DB db, BatchChain logged) {
    byte[] value = db.get(BatchChain.key(), new ReadOptions().verifyChecksums(true));
    if (value == null || !BatchChain.of(Sealed.open(BatchChain.key(), value)).equals(logged)) {
      throw new StoreException(
          "a hole in the store "
              + dir
              + ": its newest batch should be "
              + logged.number()
              + " but LevelDB reads another one; restore the directory from a copy or a savepoint");
    }
  }

  private static void release(@Nullable StoreLock lock) {
    if (lock != null) {
      lock.close();
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
