package dev.keyling.sharding;

import dev.keyling.Dataflow;
import dev.keyling.KeyedStep;
import dev.keyling.RestartStrategy;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Position;
import dev.keyling.connector.Sinks;
import dev.keyling.persistence.savepoint.SavepointReader;
import dev.keyling.persistence.savepoint.SavepointWriter;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A job that counts the elements of each key: what the tests of savepoints run. */
final class Tallies {
  static final int KEYS = 50;
  static final String STEP = "count";
  static final ReducingStateDescriptor<Long> COUNT =
      new ReducingStateDescriptor<>("count", Long::sum, Types.LONG);

  private Tallies() {}

  /** Counts; the n-th element is of key n % KEYS. Each gives a line: key and count. */
  static Dataflow flow(CrashingSource<Integer> source, Path out) {
    Dataflow flow = Dataflow.named("tallies").setRestartStrategy(RestartStrategy.none());
    count(flow, source, STEP).to("out", Sinks.lines(out));
    flow.enableCheckpointing(Duration.ofMillis(20));
    return flow;
  }

  static KeyedStep<Integer, String> count(
      Dataflow flow, CrashingSource<Integer> source, String step) {
    return flow.from("in", source)
        .keyBy(key -> key, Types.INT)
        .map(
            step,
            ctx -> {
              ReducingState<Long> count = ctx.getReducingState(COUNT);
              return key -> {
                count.add(1L);
                return key + " " + count.get();
              };
            });
  }

  static CrashingSource<Integer> elements(int size) {
    return CrashingSource.of(size, i -> i % KEYS);
  }

  /** Writes a savepoint of a job that has counted so many elements of each key, without the job. */
  static Savepoint made(Path directory, int perKey, int keyGroups) {
    List<Integer> elements = IntStream.range(0, perKey * KEYS).mapToObj(i -> i % KEYS).toList();
    return SavepointWriter.empty("tallies")
        .<Integer, Integer, Void>bootstrapStep(
            STEP,
            Types.INT,
            elements,
            key -> key,
            ctx -> {
              ReducingState<Long> count = ctx.getReducingState(COUNT);
              return (key, c, out) -> count.add(1L);
            })
        .position("in", new Position("0", Integer.toString(perKey * KEYS)))
        .keyGroups(keyGroups)
        .write(directory);
  }

  /** Returns the counts that a savepoint has of a step, by key. */
  static TreeMap<Integer, Long> counts(Path savepoint) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    SavepointReader.open(savepoint)
        .forEachKey(
            STEP,
            Types.INT,
            key -> {
              if (counts.put(key.key(), key.get(COUNT)) != null) {
                throw new AssertionError("twice: " + key.key());
              }
            });
    return counts;
  }

  /** Returns what a job writes that has this many elements, from one of them on; sorted. */
  static List<String> lines(int from, int to) {
    List<String> lines = new ArrayList<>();
    for (int i = from; i < to; i++) {
      lines.add(i % KEYS + " " + (i / KEYS + 1));
    }
    return lines.stream().sorted().toList();
  }

  static List<String> written(Path... outs) {
    List<String> lines = new ArrayList<>();
    for (Path out : outs) {
      try {
        lines.addAll(Files.exists(out) ? Files.readAllLines(out) : List.of());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines.stream().sorted().toList();
  }
}
