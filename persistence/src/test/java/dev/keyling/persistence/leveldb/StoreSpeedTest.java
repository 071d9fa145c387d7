package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.leveldb.database.StoreCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints rough figures: {@code mvn test -Dtest=StoreSpeedTest -Dtest.excludedTags=none}. */
@Tag("bench")
class StoreSpeedTest {

  private static final int GROUPS = 128;
  private static final int KEYS = 200_000;

  @TempDir Path dir;

  @Test
  void flushesAndReadsRows() {
    try (LevelDbStore store = Stores.open(dir)) {
      for (int id = 1; id <= 5; id++) {
        long start = System.nanoTime();
        List<CompletableFuture<Void>> flushes = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
          List<Row> rows = new ArrayList<>();
          for (int key = group; key < KEYS; key += GROUPS) {
            rows.add(new Row(Stores.bytes("user-" + key), new byte[] {1, 1}, id, new byte[100]));
          }
          flushes.add(
              store
                  .rows()
                  .flush(address(group), rows, new Mark(id, id), id, History.everything())
                  .toCompletableFuture());
        }
        flushes.forEach(CompletableFuture::join);
        print("rows flushed, round " + id, KEYS, start);
      }
      Random random = new Random(1);
      long start = System.nanoTime();
      int found = 0;
      for (int i = 0; i < 2_000; i++) {
        int group = random.nextInt(GROUPS);
        List<byte[]> keys = new ArrayList<>();
        for (int k = 0; k < 50; k++) {
          int key = random.nextInt(KEYS / GROUPS) * GROUPS + group;
          keys.add(Stores.bytes("user-" + key));
        }
        found += store.rows().read(address(group), keys, History.everything()).size();
      }
      print("keys read, 50 at a time", found, start);
    }
  }

  @Test
  void appendsAndReplaysEvents() {
    try (LevelDbStore store = Stores.open(dir)) {
      for (Durability durability : Durability.values()) {
        for (int size : new int[] {100, 10_000}) {
          int count = 20_000_000 / (size + 100);
          long start = System.nanoTime();
          StoreCounts before = store.counts();
          List<CompletableFuture<Void>> writes = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            String id = durability + "-" + size + "-" + i % GROUPS;
            writes.add(
                store
                    .journal()
                    .append(id, List.of(Stores.event(i / GROUPS + 1, size)), durability));
          }
          writes.forEach(CompletableFuture::join);
          print("events of " + size + " bytes, " + durability, count, start);
          System.out.println("  batches " + (store.counts().batches() - before.batches()));
          start = System.nanoTime();
          int[] seen = new int[1];
          for (int g = 0; g < GROUPS; g++) {
            String id = durability + "-" + size + "-" + g;
            store.journal().replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE, (n, b) -> seen[0]++);
          }
          print("  replayed", seen[0], start);
        }
      }
      long start = System.nanoTime();
      for (int i = 1; i <= 2_000; i++) {
        store.journal().append("one", List.of(Stores.event(i, 100)), Durability.DISK).join();
      }
      print("synced events one by one", 2_000, start);
    }
  }

  private static GroupAddress address(int group) {
    return new GroupAddress("fraud", "alerts", group);
  }

  private static void print(String what, int count, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s: %d in %.2f s = %.0f/s%n", what, count, seconds, count / seconds);
  }
}
