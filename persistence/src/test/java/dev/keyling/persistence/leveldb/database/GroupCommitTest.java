package dev.keyling.persistence.leveldb.database;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.record.BatchChain;
import dev.keyling.persistence.leveldb.record.Changes;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

  private static final long RESERVE = 1000;
  private static final long PLENTY = 3000;
  private static final int MAX_WAITING = 1000;

  @TempDir Path parent;

  private Path dir;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Boolean> syncs = new ArrayList<>();
  private final AtomicLong free = new AtomicLong(PLENTY);
  private final BlockingQueue<String> compactions = new LinkedBlockingQueue<>();
  private volatile boolean fails;
  private FreeSpace space;
  private GroupCommit writer;

  @AfterEach
  void close() {
    released.countDown();
    writer.close();
    space.close();
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    dir = Files.createDirectories(parent.resolve("db"));
  }

  @Test
  void writesEverythingThatWaitsInOneBatch() throws Exception {
    writer = writer(1 << 20);
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    writes.add(write(10, Durability.OS));
    entered.await();
    for (int i = 0; i < 100; i++) {
      writes.add(write(10, i == 50 ? Durability.DISK : Durability.OS));
    }
    released.countDown();
    writes.forEach(CompletableFuture::join);
    assertThat(writer.counts()).isEqualTo(new StoreCounts(101, 2, 1, 0));
    assertThat(syncs).containsExactly(false, true);
  }

  @Test
  void boundsABatch() throws Exception {
    writer = writer(1000);
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    writes.add(write(10, Durability.OS));
    entered.await();
    for (int i = 0; i < 10; i++) {
      writes.add(write(600, Durability.OS));
    }
    released.countDown();
    writes.forEach(CompletableFuture::join);
    assertThat(writer.counts().batches()).isEqualTo(6);
  }

  @Test
  void writesNothingMoreAfterAnError() throws Exception {
    writer = writer(1 << 20);
    CompletableFuture<Void> first = write(10, Durability.OS);
    entered.await();
    fails = true;
    CompletableFuture<Void> second = write(10, Durability.DISK);
    released.countDown();
    first.join();
    assertThatThrownBy(second::join)
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("disk is full");
    fails = false;
    assertThatThrownBy(write(10, Durability.OS)::join).hasMessageContaining("disk is full");
    assertThat(writer.counts().batches()).isEqualTo(1);
  }

  @Test
  void refusesWritesWhileSpaceIsShortAndGoesOnByItself() throws Exception {
    writer = writer(1 << 20);
    released.countDown();
    write(10, Durability.OS).join();
    free.set(RESERVE + 50);
    assertThatThrownBy(write(100, Durability.DISK)::join)
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining(dir.toString())
        .hasMessageContaining("1,050 bytes free and 2,051 are wanted")
        .hasMessageContaining("min-free-space")
        .hasMessageContaining("make room");
    writer.checkReadable();
    free.set(PLENTY);
    CompletableFuture<Void> next = write(100, Durability.DISK);
    while (next.handle((done, failed) -> failed != null).join()) {
      next = write(100, Durability.DISK); // the refused are still being told
    }
    assertThat(writer.counts()).isEqualTo(new StoreCounts(2, 2, 1, 0));
  }

  @Test
  void refusesWhatWaitsBehindARefusedWrite() throws Exception {
    writer = writer(1);
    CompletableFuture<Void> first = write(10, Durability.OS);
    entered.await();
    CompletableFuture<Void> refused = write(10, Durability.OS);
    CompletableFuture<Void> behind = write(10, Durability.OS);
    CompletableFuture<Void> late =
        refused.handle(
            (done, failed) -> {
              free.set(PLENTY); // there is room again, but not for what builds on this
              return write(10, Durability.OS).isCompletedExceptionally() ? null : done;
            });
    free.set(0);
    released.countDown();
    first.join();
    assertThatThrownBy(behind::join).hasMessageContaining("nothing was written");
    late.join();
    assertThat(writer.counts().requests()).isEqualTo(1);
  }

  @Test
  void holdsCompactionsWhileSpaceIsTight() throws Exception {
    writer = writer(1 << 20);
    released.countDown();
    free.set(RESERVE / 2 - 1);
    assertThat(compactions.poll(10, SECONDS)).isEqualTo("suspendCompactions");
    free.set(PLENTY);
    assertThat(compactions.poll(10, SECONDS)).isEqualTo("resumeCompactions");
    free.set(RESERVE / 2 - 1);
    assertThat(compactions.poll(10, SECONDS)).isEqualTo("suspendCompactions");
    space.close();
    assertThat(compactions.poll(10, SECONDS)).isEqualTo("resumeCompactions");
  }

  @Test
  void holdsBackWhoWaitsForRoomUntilEnoughIsWritten() throws Exception {
    writer = writer(1);
    write(10, Durability.OS);
    entered.await();
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (int i = 0; i < MAX_WAITING / 100; i++) {
      writer.awaitRoom();
      writes.add(write(100, Durability.OS));
    }
    CompletableFuture<Void> held = CompletableFuture.runAsync(writer::awaitRoom);
    assertThatThrownBy(() -> held.get(50, MILLISECONDS)).isInstanceOf(TimeoutException.class);
    released.countDown();
    held.get(10, SECONDS);
    writes.forEach(CompletableFuture::join);
  }

  @Test
  void letsNobodyWaitForRoomAfterAnError() throws Exception {
    writer = writer(1);
    write(10, Durability.OS);
    entered.await();
    fails = true;
    CompletableFuture<Void> last = write(MAX_WAITING, Durability.OS);
    released.countDown();
    assertThatThrownBy(last::join).hasMessageContaining("disk is full");
    writer.awaitRoom();
    assertThatThrownBy(writer::checkReadable).hasMessageContaining("disk is full");
  }

  @Test
  void saysSoWhenTheLastSynchronizationFails() throws Exception {
    writer = writer(1);
    released.countDown();
    write(10, Durability.OS).join();
    fails = true;
    assertThatThrownBy(writer::close).hasMessageContaining("disk is full");
    writer = writer(1);
  }

  private GroupCommit writer(long maxBatchBytes) {
    LevelDbSettings settings =
        new LevelDbSettings(
            dir, "", 1, 1, 1, maxBatchBytes, MAX_WAITING, RESERVE, Duration.ofSeconds(30));
    DB db = slowDatabase();
    space = new FreeSpace(db, dir, RESERVE, free::get);
    return new GroupCommit(db, dir, settings, space, BatchChain.START);
  }

  private CompletableFuture<Void> write(int bytes, Durability durability) {
    return writer.submit(new Changes().put(new byte[] {1}, new byte[bytes]), durability);
  }

  /** A database whose first write waits, and whose writes fail when asked to. */
  private DB slowDatabase() {
    WriteBatch batch =
        (WriteBatch)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {WriteBatch.class},
                (proxy, method, arguments) -> null);
    return (DB)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DB.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createWriteBatch")) {
                return batch;
              }
              if (method.getName().endsWith("Compactions")) {
                compactions.add(method.getName());
                return null;
              }
              if (fails) {
                throw new DBException("disk is full");
              }
              syncs.add(((WriteOptions) arguments[1]).sync());
              entered.countDown();
              released.await();
              return null;
            });
  }
}
