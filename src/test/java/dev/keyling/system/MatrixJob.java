package dev.keyling.system;

import com.typesafe.config.ConfigFactory;
import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Sources;
import dev.keyling.function.Collector;
import dev.keyling.function.MapFunction;
import dev.keyling.function.ProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.jdbc.JdbcSink;
import dev.keyling.sharding.LocalSystem;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A program that counts per key and writes each count to a file and to a table, and that can be
 * killed at every {@link KillPoint}. Its arguments: the directory, the database, lines per second.
 */
final class MatrixJob {
  private static final String JOURNALS =
      """
      keyling.actors.journal = killing-journal
      killing-journal {
        class = "dev.keyling.system.KillingJournal"
        plugin-dispatcher = "pekko.actor.default-dispatcher"
        real = "keyling.leveldb.journal"
        unsynced = "killing-journal-os"
      }
      killing-journal-os = ${killing-journal} { real = "keyling.leveldb.journal-os" }
      """;

  private MatrixJob() {}

  static Path output(Path home) {
    return home.resolve("output.txt");
  }

  static Path input(Path home, int partition) {
    return home.resolve("input" + partition + ".txt");
  }

  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    Dataflow flow = flow(home, arguments[1], Integer.parseInt(arguments[2]));
    try (LocalSystem system = start(home, Map.of())) {
      system.keyling().run(flow).completion().toCompletableFuture().join();
    }
  }

  /** Starts a system whose journals light the {@link Fuse}. */
  static LocalSystem start(Path home, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("keyling.persistence.leveldb.dir", home.resolve("data").toString());
    all.put("keyling.actors.flush-interval", "30ms");
    return LocalSystem.start(
        "matrix", ConfigFactory.parseString(JOURNALS).withFallback(ConfigFactory.parseMap(all)));
  }

  private static Dataflow flow(Path home, String url, int perSecond) {
    Dataflow flow = Dataflow.named("matrix").enableCheckpointing(Duration.ofMillis(20));
    DataStream<String> counts = counts(flow, home, perSecond);
    counts.to("file", new KillingSink<>(Sinks.lines(output(home)), output(home)));
    counts.to(
        "table",
        new KillingSink<>(
            JdbcSink.into(
                KillingDatabase.at(url),
                "insert into counts(line) values (?)",
                (row, line) -> row.setString(1, line)),
            null));
    return flow;
  }

  /** Counts the lines of the two files of a directory per key. */
  static DataStream<String> counts(Dataflow flow, Path inputs, int perSecond) {
    return flow.from(
            "lines",
            new KillingSource<>(Sources.lines(input(inputs, 0), input(inputs, 1)), perSecond))
        .keyBy(key -> key)
        .map("count", Count::new)
        .transform("seal", ctx -> new AtTheSeal());
  }

  private static final class Count implements MapFunction<String, String> {
    private final ReducingState<Long> seen;

    Count(RuntimeContext ctx) {
      seen = ctx.getReducingState(new ReducingStateDescriptor<>("seen", Long::sum, Types.LONG));
    }

    @Override
    public String map(String key) {
      seen.add(1L);
      return key + " " + seen.get();
    }
  }

  /** Hands elements on; a barrier asks it before it seals. */
  private static final class AtTheSeal implements ProcessFunction<String, String> {
    @Override
    public void processElement(String line, Collector<String> out) {
      out.collect(line);
    }

    @Override
    public void snapshotState(long checkpointId) {
      Fuse.at(KillPoint.BEFORE_SEAL);
    }
  }
}
