package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import dev.keyling.semantics.world.Engine.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that has nothing is asked again after a while, and before a marker. */
class SourcePollTest {
  @TempDir private Path dir;

  private final HandSource source = new HandSource();
  private final List<Object> out = new ArrayList<>();

  private Dataflow flow() {
    Dataflow flow = Dataflow.named("polled").setRestartStrategy(RestartStrategy.none());
    flow.enableCheckpointing(Duration.ofDays(20));
    flow.from("in", source).map(Arrival::element).to("out", Sinks.collect(out));
    return flow;
  }

  @Test
  void aCheckpointTakesAlongWhatHasComeSinceTheSourceWasAskedLast() {
    try (TestSystem system = TestSystem.start(dir, "keyling.sharding.source-poll-interval", "1h")) {
      Job job = TestSystem.running(system.run(flow()));
      TestSystem.until("the source has nothing", source::isIdle);
      source.offer(List.of(new Arrival("a", 0), new Arrival("b", 0)));
      TestSystem.await(job.triggerCheckpoint());
      assertThat(out).containsExactly("a", "b");
      TestSystem.await(job.cancel());
    }
    source.offer(List.of(new Arrival("c", 0)));
    source.end();
    try (TestSystem system = TestSystem.start(dir)) {
      system.finish(flow());
    }
    assertThat(out).containsExactly("a", "b", "c");
  }
}
