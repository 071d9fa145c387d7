package dev.keyling.benchmarks.jmh;

import dev.keyling.benchmarks.workload.Directories;
import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.journal.EventRecord;
import dev.keyling.persistence.leveldb.journal.JournalStore;
import dev.keyling.persistence.leveldb.rows.LevelDbRowStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** All key groups write at once, and are waited for: an event or a row each; per event or row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StoreBenchmark {
  private static final int GROUPS = 128;
  private static final int ROWS = 64;
  private static final int BYTES = 1000;

  private final List<GroupAddress> groups =
      IntStream.range(0, GROUPS).mapToObj(group -> new GroupAddress("bench", "s", group)).toList();

  /** What a trial works on. */
  private record Opened(Path dir, Database database, JournalStore journal, LevelDbRowStore rows) {
    static Opened open() throws IOException {
      Path dir = Files.createTempDirectory("keyling-bench-");
      LevelDbSettings settings = LevelDbSettings.of(dir.resolve("store"), "bench", GROUPS);
      Database database = Database.open(settings, System.err::println);
      return new Opened(dir, database, new JournalStore(database), new LevelDbRowStore(database));
    }
  }

  @SuppressWarnings("NullAway.Init") // opened before anything is measured
  private Opened opened;

  private long round;

  @Setup
  public void open() throws IOException {
    opened = Opened.open();
    round = 0;
  }

  @TearDown
  public void close() throws IOException {
    opened.database().close();
    Directories.delete(opened.dir());
  }

  /** Events of 1 kB, as a batch of some tens of elements makes them. */
  @Benchmark
  @OperationsPerInvocation(GROUPS)
  public void appendToTheJournal() {
    round++;
    await(
        groups.stream()
            .map(
                group ->
                    opened
                        .journal()
                        .append(
                            group.persistenceId(),
                            List.of(new EventRecord(round, new byte[BYTES])),
                            Durability.OS))
            .toList());
  }

  /** Small rows of 64 keys per key group. */
  @Benchmark
  @OperationsPerInvocation(GROUPS * ROWS)
  public void flushRows() {
    round++;
    await(
        groups.stream()
            .map(
                group ->
                    opened
                        .rows()
                        .flush(group, rows(), new Mark(round, round), round, History.everything())
                        .toCompletableFuture())
            .toList());
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      byte[] key = ("user-" + (round * ROWS + i) % 100_000).getBytes(StandardCharsets.UTF_8);
      rows.add(new Row(key, new byte[] {Row.STATE, 1}, round, new byte[Long.BYTES]));
    }
    return rows;
  }

  private static void await(List<CompletableFuture<Void>> writes) {
    writes.forEach(CompletableFuture::join);
  }
}
