package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.connector.Sinks;
import dev.keyling.persistence.StoreException;
import dev.keyling.semantics.Proves;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored is never run by a program that it does not belong to. */
class RefusalsTest {
  @TempDir private Path dir;

  private static <K> Dataflow flow(
      String step, K key, @Nullable TypeInformation<K> type, String... more) {
    Dataflow flow = Dataflow.named("refused").enableCheckpointing(Duration.ofMillis(10));
    DataStream<String> in = flow.fromCollection("in", List.of("a"));
    (type == null ? in.keyBy(word -> key) : in.keyBy(word -> key, type))
        .map(step, ctx -> word -> word)
        .to("out", Sinks.collect(new ArrayList<>()));
    for (String other : more) {
      in.keyBy(word -> word).map(other, ctx -> word -> word);
    }
    return flow;
  }

  @Test
  @Proves("error 4")
  void anotherProgramIsRefusedWithTheWayOut() {
    try (TestSystem system = TestSystem.start(dir)) {
      system.finish(flow("step", "key", null));
      assertThatThrownBy(() -> system.finish(flow("renamed", "key", null)))
          .cause()
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("step \"step\" that the program no longer has");
      system.finish(flow("step", "key", Types.STRING, "added"));
      assertThatThrownBy(() -> system.finish(flow("step", 1, Types.INT, "added")))
          .hasMessageContaining("step \"step\"")
          .hasMessageContaining("change it back");
    }
    try (TestSystem system =
        TestSystem.start(dir, "keyling.persistence.leveldb.key-groups", "16")) {
      assertThatThrownBy(() -> system.finish(flow("step", "key", Types.STRING, "added")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("16")
          .hasMessageContaining("key groups");
    }
  }

  @Test
  void aSourceWithoutPositionsIsRefusedUnlessLossIsAccepted() {
    try (TestSystem system = TestSystem.start(dir)) {
      var source = Keyling.source(Source.range(1, 3));
      Dataflow flow = Dataflow.named("lossy").enableCheckpointing(Duration.ofMillis(10));
      flow.from("in", source).to("out", Sinks.collect(new ArrayList<>()));
      assertThatThrownBy(() -> system.run(flow))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("acceptLoss()");
      Dataflow accepted = Dataflow.named("lossy").enableCheckpointing(Duration.ofMillis(10));
      accepted.from("in", source.acceptLoss()).to("out", Sinks.collect(new ArrayList<>()));
      system.finish(accepted);
    }
  }
}
