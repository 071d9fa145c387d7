package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.IdempotentSink;
import dev.keyling.connector.IdempotentWriter;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outside that keeps one result per id holds each output once, whatever fails. */
class IdempotentSinkTest {
  private static final int KEYS = 50;

  @TempDir private Path dir;

  private final Map<String, String> outside = Collections.synchronizedMap(new HashMap<>());
  private final List<String> changed = Collections.synchronizedList(new ArrayList<>());

  /** Fails now and then, after having written a part. */
  private final class Table implements IdempotentSink<String> {
    private final Random random;

    Table(long seed) {
      random = new Random(seed);
    }

    @Override
    public IdempotentWriter<String> open(String partition) {
      return new IdempotentWriter<>() {
        @Override
        public void write(String outputId, String element) {
          if (random.nextInt(4_000) == 0) {
            throw new IllegalStateException("the table does not answer");
          }
          String before = outside.put(outputId, element);
          if (before != null && !before.equals(element)) {
            changed.add(outputId + ": " + before + ", " + element);
          }
        }

        @Override
        public void flush() {
          if (random.nextInt(40) == 0) {
            throw new IllegalStateException("the table did not answer in time");
          }
        }

        @Override
        public void close() {}
      };
    }
  }

  private Dataflow counting(CrashingSource<Integer> source, IdempotentSink<String> sink) {
    Dataflow flow =
        Dataflow.named("counting")
            .enableCheckpointing(Duration.ofMillis(10))
            .setRestartStrategy(new RestartStrategy.FixedDelay(10_000, Duration.ofMillis(1)));
    flow.from("in", source)
        .keyBy(key -> key)
        .map("count", RunningCount::of)
        .returns(Types.STRING)
        .to("out", sink);
    return flow;
  }

  private static Collection<String> expected(int elements) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      expected.add(i % KEYS + " " + (i / KEYS + 1));
    }
    return expected;
  }

  @Test
  void eachOutputIsThereOnceAfterFailuresOfSourceAndTableAndRestarts() {
    for (int elements : List.of(6_000, 13_000, 20_000)) {
      try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
        CrashingSource<Integer> source =
            new CrashingSource<>(2, elements, i -> i % KEYS)
                .crashingAt(elements - 2_000, elements - 500);
        system.finish(counting(source, new Table(elements)));
      }
      assertThat(outside.values()).containsExactlyInAnyOrderElementsOf(expected(elements));
    }
    assertThat(changed).as("ids that named two outputs").isEmpty();
  }

  @Test
  void elementsOfNoDeclaredTypeAreRefused() {
    Dataflow flow = Dataflow.named("undeclared");
    flow.fromCollection("in", List.of("a")).to("out", new Table(1));
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      assertThatThrownBy(() -> system.run(flow))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sink \"out\" is idempotent")
          .hasMessageContaining("call returns(type) before the sink");
    }
  }
}
