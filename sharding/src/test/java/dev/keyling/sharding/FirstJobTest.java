package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.connector.Sinks;
import dev.keyling.semantics.Proves;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstJobTest {

  private static Dataflow counting(List<String> words, List<String> out) {
    Dataflow flow = Dataflow.named("count");
    flow.fromCollection("words", words)
        .keyBy(word -> word)
        .map(
            "counts",
            ctx -> {
              var count =
                  ctx.getReducingState(
                      new ReducingStateDescriptor<>("count", Long::sum, Types.LONG));
              return word -> {
                count.add(1L);
                return word + "=" + count.get();
              };
            })
        .to("out", Sinks.collect(out));
    return flow;
  }

  @Test
  @Proves("F6")
  void countsInMemory() {
    List<String> out = new ArrayList<>();
    counting(List.of("a", "b", "a", "c", "a"), out).execute();
    assertThat(out).containsExactlyInAnyOrder("a=1", "b=1", "a=2", "c=1", "a=3");
  }

  @Test
  void goesOnWhereItStopped(@TempDir Path dir) {
    for (int round = 0; round < 3; round++) {
      List<String> out = new ArrayList<>();
      List<String> words = new ArrayList<>();
      for (int i = 0; i <= round; i++) {
        words.addAll(List.of("a", "b", "a"));
      }
      Dataflow flow = counting(words, out);
      flow.enableCheckpointing(Duration.ofMillis(50));
      try (LocalSystem local =
          LocalSystem.start(
              "test",
              ConfigFactory.parseMap(Map.of("keyling.persistence.leveldb.dir", dir.toString())))) {
        local.keyling().run(flow).completion().toCompletableFuture().join();
      }
      assertThat(out)
          .containsExactlyInAnyOrder(
              "a=" + (round * 2 + 1), "a=" + (round * 2 + 2), "b=" + (round + 1));
    }
  }
}
