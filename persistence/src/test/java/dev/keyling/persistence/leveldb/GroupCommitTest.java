package dev.keyling.persistence.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBException;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

  @TempDir Path dir;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Boolean> syncs = new ArrayList<>();
  private volatile boolean fails;
  private GroupCommit writer;

  @AfterEach
  void close() {
    released.countDown();
    writer.close();
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

  private GroupCommit writer(long maxBatchBytes) {
    return new GroupCommit(slowDatabase(), dir, maxBatchBytes, BatchChain.START);
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
