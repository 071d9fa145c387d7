package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.semantics.Proves;
import dev.keyling.time.WatermarkStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watermarks, and the timers that they fire. */
class EventTimeTest {
  @TempDir static Path dir;
  private static TestSystem system;

  private final List<String> out = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startSystem() {
    system =
        TestSystem.start(
            dir,
            "keyling.actors.max-live-keys",
            "16",
            "keyling.actors.flush-interval",
            "10ms",
            "keyling.sharding.watermark-interval",
            "1ms");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  /** Sets a timer ten later than the element; says late of what comes behind the watermark. */
  private static final class TenLater implements KeyedProcessFunction<String, Long, Long> {
    private final List<String> log;

    TenLater(List<String> log) {
      this.log = log;
    }

    @Override
    public void processElement(Long time, Context<String> ctx, Collector<Long> out) {
      if (time <= ctx.timerService().currentWatermark()) {
        log.add(ctx.getCurrentKey() + " late " + time);
      }
      ctx.timerService().registerEventTimeTimer(time + 10);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<Long> out) {
      log.add(ctx.getCurrentKey() + " fires " + timestamp);
      out.collect(timestamp);
    }
  }

  private static DataStream<Long> times(
      Dataflow flow, String step, CrashingSource<Long> source, WatermarkStrategy strategy) {
    return flow.from(step, source).assignTimestampsAndWatermarks(time -> time, strategy);
  }

  private static CrashingSource<Long> of(long... times) {
    return CrashingSource.of(times.length, i -> times[i]);
  }

  private static final WatermarkStrategy ASCENDING = WatermarkStrategy.forMonotonousTimestamps();

  private void step(String step, DataStream<Long> in) {
    in.keyBy(time -> "k" + time % 10)
        .process(step, ctx -> new TenLater(out))
        .to(step + "-out", Sinks.collect(new ArrayList<>()));
  }

  @Test
  @Proves("F9")
  void theWatermarkOfAStepIsThatOfItsSlowestSource() {
    AtomicBoolean both = new AtomicBoolean();
    CrashingSource<Long> fast = of(1, 101, 201).endless();
    CrashingSource<Long> slow = of(2, 102).endless().when(i -> i == 0 || both.get());
    Dataflow flow = Dataflow.named("slowest");
    step("s", times(flow, "a", fast, ASCENDING).union(times(flow, "b", slow, ASCENDING)));
    Job job = TestSystem.running(system.run(flow));
    TestSystem.until("all is read", () -> job.progress().elements() == 4);
    TestSystem.until("the timers are set", () -> timersOf(job, "k1") == 3);
    assertThat(out).isEmpty();
    both.set(true);
    TestSystem.until("two fired", () -> out.size() == 2);
    assertThat(out).containsExactlyInAnyOrder("k1 fires 11", "k2 fires 12");
    TestSystem.await(job.cancel());
  }

  private static int timersOf(Job job, String key) {
    return TestSystem.await(job.view("s", key)).timers().size();
  }

  @Test
  @Proves("F9")
  void aSourceThatIsIdleHoldsNothingBack() {
    WatermarkStrategy idle = ASCENDING.withIdleness(Duration.ofMillis(20));
    Dataflow flow = Dataflow.named("idle");
    step(
        "s",
        times(flow, "a", of(1, 101).endless(), idle).union(times(flow, "b", of().endless(), idle)));
    Job job = TestSystem.running(system.run(flow));
    TestSystem.until("it fired", () -> out.contains("k1 fires 11"));
    TestSystem.await(job.cancel());
  }

  @Test
  void aSourceThatHasEndedDoesNotEndTimeForOneThatIsIdle() {
    AtomicBoolean goOn = new AtomicBoolean();
    WatermarkStrategy idle = ASCENDING.withIdleness(Duration.ofMillis(10));
    CrashingSource<Long> pausing = of(2, 50, 70).when(i -> i == 0 || goOn.get());
    Dataflow flow = Dataflow.named("ended-and-idle");
    step("s", times(flow, "a", of(1, 31), idle).union(times(flow, "b", pausing, idle)));
    Job job = TestSystem.running(system.run(flow));
    TestSystem.until(
        "the timers are set", () -> timersOf(job, "k1") > 0 && timersOf(job, "k2") > 0);
    long checks = System.nanoTime() + 60_000_000L;
    TestSystem.until("it is idle for a while", () -> System.nanoTime() > checks);
    goOn.set(true);
    TestSystem.await(job.completion());
    assertThat(out).doesNotContain("k0 late 50", "k0 late 70");
    assertThat(out)
        .contains("k1 fires 11", "k2 fires 12", "k1 fires 41", "k0 fires 60", "k0 fires 80");
  }

  @Test
  @Proves("decision 10")
  void theEndOfTheInputFiresAllTimersAlsoWhereItWasIdle() {
    AtomicBoolean end = new AtomicBoolean();
    WatermarkStrategy idle = ASCENDING.withIdleness(Duration.ofMillis(5));
    CrashingSource<Long> source = of(1, 2, 3, 3).when(i -> i < 3 || end.get());
    Dataflow flow = Dataflow.named("idle-end");
    step("s", times(flow, "a", source, idle));
    Job job = TestSystem.running(system.run(flow));
    TestSystem.until("the timers are set", () -> timersOf(job, "k3") > 0);
    long until = System.nanoTime() + 30_000_000L;
    TestSystem.until("it is idle", () -> System.nanoTime() > until);
    end.set(true);
    TestSystem.await(job.completion());
    assertThat(out).contains("k1 fires 11", "k2 fires 12", "k3 fires 13");
  }

  @Test
  void theEndOfOneRunMakesNobodyLateInTheNextAlsoNotInALaterStep() {
    for (int run = 0; run < 2; run++) {
      long first = 1000L * run;
      long[] times = {1, 2, 3, 1001, 1002, 1003};
      CrashingSource<Long> source = CrashingSource.of(run == 0 ? 3 : 6, i -> times[i]);
      Dataflow flow = Dataflow.named("continued").enableCheckpointing(Duration.ofMillis(10));
      times(flow, "in", source, ASCENDING)
          .keyBy(time -> "a" + time % 10)
          .process("first", ctx -> new TenLater(out))
          .keyBy(time -> "b" + time % 10)
          .process("second", ctx -> new TenLater(out))
          .to("out", Sinks.collect(new ArrayList<>()));
      system.finish(flow);
      assertThat(out)
          .containsExactlyInAnyOrder(
              "a1 fires " + (first + 11),
              "a2 fires " + (first + 12),
              "a3 fires " + (first + 13),
              "b1 fires " + (first + 21),
              "b2 fires " + (first + 22),
              "b3 fires " + (first + 23));
      out.clear();
    }
  }

  @Test
  void timersOfOneKeyFireInTheirOrderAlsoOfKeysThatSleep() {
    int elements = 5_000;
    Dataflow flow = Dataflow.named("order").enableCheckpointing(Duration.ofMillis(10));
    times(flow, "in", CrashingSource.of(elements, i -> (long) i), ASCENDING)
        .keyBy(time -> "k" + time % 100)
        .process("s", ctx -> new TenLater(out))
        .to("out", Sinks.collect(new ArrayList<>()));
    system.finish(flow);
    assertThat(out).hasSize(elements).noneMatch(line -> line.contains("late"));
    out.stream()
        .collect(
            Collectors.groupingBy(
                line -> line.split(" ")[0],
                Collectors.mapping(
                    line -> Integer.parseInt(line.split(" ")[2]), Collectors.toList())))
        .forEach((key, times) -> assertThat(times).hasSize(50).isSorted());
  }

  @Test
  @Proves("F9")
  void lateElementsAreHandledAndCounted() {
    AtomicBoolean rest = new AtomicBoolean();
    CrashingSource<Long> source = of(100, 50, 101, 40).when(i -> i < 1 || rest.get());
    Dataflow flow = Dataflow.named("late");
    List<Long> watermarks = Collections.synchronizedList(new ArrayList<>());
    times(flow, "a", source, ASCENDING)
        .keyBy(time -> "k")
        .<Long>process(
            "s",
            ctx ->
                (time, context, collector) -> {
                  watermarks.add(context.timerService().currentWatermark());
                  collector.collect(time);
                  context.timerService().registerEventTimeTimer(0);
                })
        .to("out", Sinks.collect(new ArrayList<>()));
    Job job = TestSystem.running(system.run(flow));
    TestSystem.until("the first is handled", () -> !watermarks.isEmpty());
    TestSystem.until(
        "the watermark is there", () -> TestSystem.await(job.view("s", "k")).timers().isEmpty());
    rest.set(true);
    TestSystem.await(job.completion());
    assertThat(watermarks).hasSize(4).endsWith(99L, 99L, 99L);
    assertThat(job.progress().late()).isEqualTo(2);
  }
}
