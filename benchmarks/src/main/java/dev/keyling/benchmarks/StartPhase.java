package dev.keyling.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.benchmarks.functions.Functions;
import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.KeySequence;
import dev.keyling.benchmarks.workload.Workload;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;
import dev.keyling.sharding.LocalSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One process in the life of the store that {@link StartCommand} starts on. */
final class StartPhase {
  /** All keys come once and get into rows. */
  static final String FILL = "fill";

  /** What comes is in the journal when the process dies. */
  static final String TAIL = "tail";

  /** The process dies when it has handled an element. */
  static final String START = "start";

  private StartPhase() {}

  /** Arguments: directory, number of keys, events up to which to go, phase. */
  public static void main(String[] args) {
    String phase = args[3];
    KeySequence keys =
        new KeySequence(Integer.parseInt(args[1]), KeySequence.Distribution.each, false);
    try (LocalSystem local =
        LocalSystem.start("keyling-bench", config(Path.of(args[0]), phase.equals(FILL)))) {
      Dataflow flow = Dataflow.named("bench");
      flow.enableCheckpointing(Duration.ofSeconds(1));
      flow.from("events", new EventSource(keys, Long.parseLong(args[2])))
          .keyBy(Event::key)
          .process("count", Functions.of(Workload.W1))
          .to("first", new First(phase.equals(START)));
      local.keyling().run(flow).completion().toCompletableFuture().join();
      if (phase.equals(TAIL)) {
        Runtime.getRuntime().halt(0);
      }
    }
  }

  private static Config config(Path store, boolean flushes) {
    Map<String, Object> flushing =
        flushes
            ? Map.of("keyling.actors.flush-size", "1 B")
            : Map.of(
                "keyling.actors.flush-size",
                "1 TiB",
                "keyling.actors.max-unflushed",
                "1 TiB",
                "keyling.actors.flush-interval",
                "1 d");
    return ConfigFactory.parseMap(Map.of("keyling.persistence.leveldb.dir", store.toString()))
        .withFallback(ConfigFactory.parseMap(flushing));
  }

  /** Tells of the first element that has been handled. */
  private record First(boolean last) implements AtLeastOnceSink<Long> {

    @Override
    public SinkWriter<Long> open(String partition) {
      return new SinkWriter<>() {
        private boolean told;

        @Override
        public void write(Long count) {
          if (!told) {
            told = true;
            System.out.println(count);
            if (last) {
              Runtime.getRuntime().halt(0);
            }
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
    }
  }
}
