package dev.keyling.examples.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;
import dev.keyling.sharding.LocalSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One process in the life of the store that {@link StartCommand} starts on. None ends in order,
 * because what is measured is the start after a crash.
 */
final class StartPhase {
  private static final Instant STARTED =
      ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

  private StartPhase() {}

  /** Arguments: directory, number of keys, events up to which to go, and what to do. */
  public static void main(String[] args) {
    int keys = Integer.parseInt(args[1]);
    long events = Long.parseLong(args[2]);
    String phase = args[3];
    try (LocalSystem local = LocalSystem.start("keyling-bench", config(args[0], phase))) {
      note("cluster", phase);
      Dataflow flow = Dataflow.named("bench");
      flow.enableCheckpointing(Duration.ofSeconds(1));
      flow.from("events", new EventSource(new KeySequence(keys, KeySequence.Distribution.each), events))
          .keyBy(Event::key)
          .process("count", RunningCount.of(Workload.W1))
          .to("first", new First(phase));
      local.keyling().run(flow).completion().toCompletableFuture().join();
      note("end", phase);
      if (!phase.equals("fill")) {
        Runtime.getRuntime().halt(0);
      }
    }
  }

  private static Config config(String directory, String phase) {
    Map<String, Object> flushing =
        phase.equals("fill")
            ? Map.of("keyling.actors.flush-size", "1 B")
            : Map.of(
                "keyling.actors.flush-size", "1 TiB", "keyling.actors.flush-interval", "1 h");
    return ConfigFactory.parseMap(Map.of("keyling.persistence.leveldb.dir", directory))
        .withFallback(ConfigFactory.parseMap(flushing));
  }

  private static void note(String what, String phase) {
    if (phase.equals("start")) {
      System.out.println(what + "=" + Duration.between(STARTED, Instant.now()).toMillis());
    }
  }

  /** Tells when the first element has been handled. */
  private record First(String phase, AtomicBoolean seen) implements AtLeastOnceSink<Long> {
    First(String phase) {
      this(phase, new AtomicBoolean());
    }

    @Override
    public SinkWriter<Long> open(String partition) {
      return new SinkWriter<>() {
        @Override
        public void write(Long count) {
          if (!seen.getAndSet(true)) {
            note("first", phase);
            note("count" + count, phase);
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
