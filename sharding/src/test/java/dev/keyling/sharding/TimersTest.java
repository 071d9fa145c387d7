package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.TimeDomain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processing-time timers fire, whether their key is awake, asleep, or was so before a restart. */
class TimersTest {
  @TempDir static Path dir;
  private static TestSystem system;

  private final List<String> out = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startSystem() {
    system =
        TestSystem.start(
            dir, "keyling.actors.max-live-keys", "16", "keyling.actors.flush-interval", "10ms");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  /** Reminds of an element some ms later, as often as the element says, by timers of timers. */
  private static final class Reminder implements KeyedProcessFunction<Integer, Integer, String> {
    private final long pause;
    private final ValueState<Integer> left;

    Reminder(RuntimeContext ctx, long pause) {
      this.pause = pause;
      left = ctx.getState(new ValueStateDescriptor<>("left", Types.INT));
    }

    @Override
    public void processElement(Integer times, Context<Integer> ctx, Collector<String> out) {
      left.update(times);
      remind(ctx);
    }

    private void remind(Context<Integer> ctx) {
      long now = ctx.timerService().currentProcessingTime();
      ctx.timerService().registerProcessingTimeTimer(now + pause);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<Integer> ctx, Collector<String> out) {
      assertThat(ctx.timeDomain()).isEqualTo(TimeDomain.PROCESSING_TIME);
      assertThat(ctx.timerService().currentProcessingTime()).isGreaterThanOrEqualTo(timestamp);
      int now = left.value() - 1;
      out.collect(ctx.getCurrentKey() + "/" + now);
      if (now > 0) {
        left.update(now);
        remind(ctx);
      } else {
        left.clear();
      }
    }
  }

  private Dataflow reminding(String name, int keys, int times, long pause) {
    Dataflow flow = Dataflow.named(name);
    flow.from("in", CrashingSource.of(keys, i -> i).endless())
        .keyBy(i -> i)
        .map(i -> times)
        .process("remind", ctx -> new Reminder(ctx, pause))
        .to("out", Sinks.collect(out));
    return flow;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void timersOfSleepingKeysFireOnceEach(boolean stored) {
    Dataflow flow = reminding("sleeping-" + stored, 500, 3, 30);
    if (stored) {
      flow.enableCheckpointing(Duration.ofMillis(10));
    }
    Job job = system.run(flow);
    TestSystem.until("all fired", () -> out.size() >= 1500);
    if (stored) {
      long seen = job.progress().checkpoints();
      TestSystem.until("more checkpoints", () -> job.progress().checkpoints() > seen + 5);
    }
    assertThat(TestSystem.await(job.view("remind", 7)).timers()).isEmpty();
    TestSystem.await(job.cancel());
    assertThat(out)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1500).mapToObj(i -> i / 3 + "/" + i % 3).toList());
  }

  @Test
  void timersThatAreOverdueAfterARestartFireWithoutAnElement() {
    Dataflow flow = reminding("overdue", 100, 1, 2_000).enableCheckpointing(Duration.ofDays(1));
    Job job = TestSystem.running(system.run(flow));
    TestSystem.until("all timers are set", () -> seen(job, 99));
    TestSystem.await(job.triggerCheckpoint());
    TestSystem.await(job.cancel());
    assertThat(out).isEmpty();
    Job again =
        system.run(reminding("overdue", 100, 1, 1).enableCheckpointing(Duration.ofMillis(20)));
    TestSystem.until("all fired", () -> out.size() >= 100);
    TestSystem.await(again.cancel());
    assertThat(out).hasSize(100).doesNotHaveDuplicates();
  }

  private static boolean seen(Job job, int key) {
    return job.progress().elements() == 100
        && !TestSystem.await(job.view("remind", key)).timers().isEmpty();
  }

  @Test
  void timersFiredAfterTheLastCheckpointFireAgainAfterARollback() {
    CrashingSource<Integer> source =
        CrashingSource.of(60, i -> i).crashingAt(50).when(i -> i < 50 || out.size() >= 20);
    Dataflow flow = Dataflow.named("again");
    flow.from("in", source.endless())
        .keyBy(i -> i)
        .map(i -> 1)
        .process("remind", ctx -> new Reminder(ctx, 5))
        .to("out", Sinks.collect(out));
    flow.enableCheckpointing(Duration.ofDays(1))
        .setRestartStrategy(dev.keyling.RestartStrategy.fixedDelay(1, Duration.ZERO));
    Job job = system.run(flow);
    TestSystem.until("a second attempt", () -> job.progress().attempt() == 2);
    TestSystem.until("every key's timer", () -> out.stream().distinct().count() == 60);
    TestSystem.await(job.cancel());
  }
}
