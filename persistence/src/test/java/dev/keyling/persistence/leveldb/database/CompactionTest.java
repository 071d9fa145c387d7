package dev.keyling.persistence.leveldb.database;

import static dev.keyling.persistence.leveldb.Stores.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which stretches are merged after deletions. */
class CompactionTest {

  private static final long MB = 1 << 20;

  private final TreeMap<String, Long> sizes = new TreeMap<>();
  private final List<String> merged = new ArrayList<>();

  @Test
  void mergesAreasWithMoreDeadThanLiveBytesTogether() {
    sizes.put("a", 10 * MB);
    sizes.put("b", 10 * MB);
    sizes.put("c", 10 * MB);
    sizes.put("d", 10 * MB);
    run(area("a", 6), area("b", 9), area("d", 9));
    assertThat(merged).containsExactly("a-c", "d-e");
  }

  @Test
  void leavesAreasAloneThatAreMostlyAlive() {
    sizes.put("a", 10 * MB);
    sizes.put("b", 10 * MB);
    run(area("a", 4), area("b", 5));
    assertThat(merged).containsExactly("b-c");
  }

  @Test
  void mergesNoMoreThanAStretchAtATime() {
    sizes.put("a", 20 * MB);
    sizes.put("b", 20 * MB);
    sizes.put("c", 5 * MB);
    run(area("a", 20), area("b", 20), area("c", 5));
    assertThat(merged).containsExactly("a-b", "b-d");
  }

  @Test
  void waitsForAWhileAsLongAsMoreIsDeleted() {
    try (Compaction compaction = new Compaction(Path.of("x"), tables(), Duration.ofHours(1))) {
      for (int i = 1; i < 10; i++) {
        compaction.deleted(bytes("a"), MB);
        compaction.due();
        assertThat(merged).isEmpty();
      }
      compaction.deleted(bytes("a"), MB);
      compaction.due();
      assertThat(merged).containsExactly("a-b");
      compaction.deleted(bytes("a"), MB);
      compaction.due();
      compaction.due();
      assertThat(merged).hasSize(2);
    }
  }

  @Test
  void beginsOfItselfWhenThereIsEnoughToDo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Compaction.Tables tables =
        new Compaction.Tables() {
          @Override
          public long size(byte[] begin, byte[] end) {
            return 0;
          }

          @Override
          public void compact(byte[] begin, byte[] end) {
            merged.add(text(begin));
            begun.countDown();
          }

          @Override
          public void deleteUnused() {}
        };
    try (Compaction compaction = new Compaction(Path.of("x"), tables, Duration.ZERO)) {
      compaction.deleted(bytes("a"), MB - 1);
      assertThat(begun.getCount()).isEqualTo(1);
      compaction.deleted(bytes("a"), 1);
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(merged).containsExactly("a");
  }

  private record Area(String name, long megabytes) {}

  private static Area area(String name, long megabytes) {
    return new Area(name, megabytes);
  }

  private void run(Area... areas) {
    try (Compaction compaction = new Compaction(Path.of("x"), tables(), Duration.ofHours(1))) {
      for (Area area : areas) {
        compaction.deleted(bytes(area.name()), area.megabytes() * MB);
      }
      compaction.giveBack();
    }
  }

  private Compaction.Tables tables() {
    return new Compaction.Tables() {
      @Override
      public long size(byte[] begin, byte[] end) {
        return sizes.subMap(text(begin), text(end)).values().stream().mapToLong(s -> s).sum();
      }

      @Override
      public void compact(byte[] begin, byte[] end) {
        merged.add(text(begin) + "-" + text(end));
      }

      @Override
      public void deleteUnused() {}
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
