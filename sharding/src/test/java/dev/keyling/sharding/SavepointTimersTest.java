package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.persistence.savepoint.SavepointWriter;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The timers of a savepoint fire in the job that begins with it. */
class SavepointTimersTest {
  @TempDir private Path dir;

  /** Sets a timer that is long overdue, and says so when it fires. */
  private static final class Reminding implements KeyedProcessFunction<Integer, Integer, String> {
    @Override
    public void processElement(Integer value, Context<Integer> ctx, Collector<String> out) {
      ctx.timerService().registerProcessingTimeTimer(1000);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<Integer> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + " at " + timestamp);
    }
  }

  @Test
  void everyTimerFiresOnce() {
    List<Integer> keys = IntStream.range(0, 40).boxed().toList();
    Savepoint savepoint =
        SavepointWriter.empty("reminders")
            .bootstrapStep("step", Types.INT, keys, key -> key, ctx -> new Reminding())
            .keyGroups(3)
            .write(dir.resolve("sp"));
    Path out = dir.resolve("out.txt");
    Dataflow flow = Dataflow.named("reminders");
    flow.from("in", CrashingSource.<Integer>of(0, i -> i).endless())
        .keyBy(key -> key, Types.INT)
        .process("step", ctx -> new Reminding())
        .to("out", Sinks.lines(out));
    flow.enableCheckpointing(Duration.ofMillis(20));
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      Job job = TestSystem.running(system.local().keyling().run(flow, savepoint));
      TestSystem.until("all have fired", () -> Tallies.written(out).size() == keys.size());
      Savepoint later = TestSystem.await(job.stopWithSavepoint(dir.resolve("later")));
      TestSystem.await(job.completion());
      assertThat(later.path()).isDirectoryNotContaining("glob:**/*.keys");
    }
    assertThat(Tallies.written(out))
        .containsExactlyInAnyOrderElementsOf(keys.stream().map(key -> key + " at 1000").toList());
  }
}
