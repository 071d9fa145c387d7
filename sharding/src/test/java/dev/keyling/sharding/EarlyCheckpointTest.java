package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.connector.Sinks;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More changes than may be in memory, long before a checkpoint is due. */
class EarlyCheckpointTest {
  private static final int KEYS = 3_000;

  @TempDir private Path dir;

  @Test
  void aStepThatHoldsTooMuchGetsItsCheckpointEarlyAndAllElementsComeThrough() {
    List<Integer> out = Collections.synchronizedList(new ArrayList<>());
    Dataflow flow = Dataflow.named("early").enableCheckpointing(Duration.ofDays(20));
    flow.from("in", CrashingSource.of(KEYS, i -> i).endless())
        .keyBy(i -> i)
        .reduce("last", Types.INT, (before, now) -> now)
        .to("out", Sinks.collect(out));
    try (TestSystem system = TestSystem.start(dir, "keyling.actors.max-unflushed", "64KiB")) {
      Job job = TestSystem.running(system.run(flow));
      TestSystem.until("all is read", () -> job.progress().elements() == KEYS);
      TestSystem.until("a checkpoint has come", () -> job.progress().checkpoints() > 0);
      TestSystem.until("all came out", () -> out.size() == KEYS);
      TestSystem.await(job.cancel());
    }
    assertThat(out).doesNotHaveDuplicates();
  }
}
