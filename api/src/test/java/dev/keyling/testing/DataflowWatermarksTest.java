package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.connector.Position;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import dev.keyling.time.WatermarkStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Event time in whole dataflows. */
class DataflowWatermarksTest {
  private static final long MAX = Long.MAX_VALUE;
  private static final Duration TEN = Duration.ofMillis(10);

  private final Dataflow flow = Dataflow.named("flow");

  private record Click(String page, long time) {}

  /** Counts the clicks of every ten milliseconds of event time. */
  private static final class CountOfTen implements KeyedProcessFunction<String, Click, String> {
    private final MapState<Long, Long> counts;

    CountOfTen(RuntimeContext ctx) {
      counts = ctx.getMapState(new MapStateDescriptor<>("counts", Types.LONG, Types.LONG));
    }

    @Override
    public void processElement(Click click, Context<String> ctx, Collector<String> out) {
      long end = click.time() / 10 * 10 + 9;
      Long before = counts.get(end);
      counts.put(end, before == null ? 1 : before + 1);
      ctx.timerService().registerEventTimeTimer(end);
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      long watermark = ctx.timerService().currentWatermark();
      out.collect(
          "%s %d until %d at %d".formatted(ctx.getCurrentKey(), counts.get(time), time, watermark));
      counts.remove(time);
    }

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      out.collect("end");
    }
  }

  private static TestingSource<Click> clicks(String page, long... times) {
    TestingSource<Click> source = TestingSource.of();
    for (long time : times) {
      source = source.then(new Click(page, time));
    }
    return source;
  }

  private DataStream<Click> timed(String id, TestingSource<Click> source, WatermarkStrategy how) {
    return flow.from(id, source).assignTimestampsAndWatermarks(Click::time, how);
  }

  private List<?> outputOf(DataStream<Click> clicks) {
    clicks.keyBy(Click::page).process("count", CountOfTen::new).print("counts");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    return test.output("counts");
  }

  @Test
  void aWatermarkFollowsEveryElementThatRaisesIt() {
    assertThat(
            outputOf(
                timed(
                    "clicks",
                    clicks("a", 1, 12, 3, 11, 25, 26),
                    WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(5)))))
        .isEqualTo(List.of("a 2 until 9 at 19", "a 2 until 19 at 19", "a 2 until 29 at " + MAX));
  }

  @Test
  void theWatermarkOfTwoSourcesIsTheLesserOne() {
    WatermarkStrategy bounded = WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(5));
    assertThat(
            outputOf(
                timed("fast", clicks("fast", 5, 30, 31, 100), bounded)
                    .union(timed("slow", clicks("slow", 6, 4, 16, 45), bounded))))
        .isEqualTo(
            List.of(
                "fast 1 until 9 at 10",
                "slow 2 until 9 at 10",
                "slow 1 until 19 at 39",
                "fast 2 until 39 at 39",
                "slow 1 until 49 at " + MAX,
                "fast 1 until 109 at " + MAX));
  }

  /** Two partitions with readers of their own. */
  private record Partitioned(TestingSource<Click> left, TestingSource<Click> right)
      implements Source<Click> {
    @Override
    public List<String> partitions() {
      return List.of("left", "right");
    }

    @Override
    public SourceReader<Click> open(String partition, Optional<Position> from) {
      return (partition.equals("left") ? left : right).open("0", from);
    }
  }

  @Test
  void everyPartitionHasAWatermarkOfItsOwn() {
    assertThat(
            outputOf(
                flow.from("clicks", new Partitioned(clicks("l", 25, 26), clicks("r", 5, 15)))
                    .map(click -> click)
                    .assignTimestampsAndWatermarks(
                        Click::time, WatermarkStrategy.forMonotonousTimestamps())))
        .isEqualTo(
            List.of("r 1 until 9 at 14", "r 1 until 19 at " + MAX, "l 2 until 29 at " + MAX));
  }

  @Test
  void aSourceThatHasEndedHoldsNothingBack() {
    WatermarkStrategy monotonous = WatermarkStrategy.forMonotonousTimestamps();
    assertThat(
            outputOf(
                timed("long", clicks("long", 5, 15, 25), monotonous)
                    .union(timed("short", clicks("short", 1), monotonous))))
        .isEqualTo(
            List.of(
                "long 1 until 9 at 14",
                "short 1 until 9 at 14",
                "long 1 until 19 at 24",
                "long 1 until 29 at " + MAX));
  }

  @Test
  void anIdleSourceHoldsNothingBackUntilItGoesOn() {
    WatermarkStrategy idling = WatermarkStrategy.forMonotonousTimestamps().withIdleness(TEN);
    TestingSource<Click> busy =
        clicks("busy", 5).advance(Duration.ofMillis(9)).then(new Click("busy", 15));
    TestingSource<Click> idle =
        clicks("idle", 1).advance(Duration.ofMillis(1)).then(new Click("idle", 17));
    assertThat(outputOf(timed("busy", busy, idling).union(timed("idle", idle, idling))))
        .isEqualTo(
            List.of(
                "busy 1 until 9 at 14",
                "idle 1 until 9 at 14",
                "busy 1 until 19 at " + MAX,
                "idle 1 until 19 at " + MAX));
  }

  @Test
  void withoutWatermarksEventTimeGetsToTheEndOnly() {
    assertThat(outputOf(timed("clicks", clicks("a", 1, 50), WatermarkStrategy.noWatermarks())))
        .isEqualTo(List.of("a 1 until 9 at " + MAX, "a 1 until 59 at " + MAX));
  }

  @Test
  void timestampsOfTheSourceAreKept() {
    flow.from(
            "clicks",
            TestingSource.timestamped(
                new TimestampedValue<>("x", 5L), new TimestampedValue<>("y", 15L)))
        .assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps())
        .keyBy(click -> "all")
        .<String>process(
            "watermarks",
            ctx ->
                (click, context, out) ->
                    out.collect(
                        click
                            + context.timestamp()
                            + "@"
                            + context.timerService().currentWatermark()))
        .print("seen");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("seen")).isEqualTo(List.of("x5@" + Long.MIN_VALUE, "y15@4"));
  }

  @Test
  void watermarksAndTheEndGetThroughSeveralSteps() {
    timed("clicks", clicks("a", 1, 12, 25), WatermarkStrategy.forMonotonousTimestamps())
        .keyBy(Click::page)
        .process("count", CountOfTen::new)
        .keyBy(line -> "all")
        .<String>process("seen", Late::new)
        .print("out");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("out"))
        .isEqualTo(
            List.of(
                "a 1 until 9 at 11 with 9 before watermark 0",
                "fired 9",
                "a 1 until 19 at 24 with 19 before watermark 11",
                "fired 19",
                "a 1 until 29 at " + MAX + " with 29 before watermark 24",
                "fired 29",
                "end of seen"));
  }

  /** Shows that the outputs of a firing timer come before the watermark that made it fire. */
  private static final class Late implements KeyedProcessFunction<String, String, String> {
    private final ReducingState<Long> count;

    Late(RuntimeContext ctx) {
      count = ctx.getReducingState(new ReducingStateDescriptor<>("n", Long::sum, Types.LONG));
    }

    @Override
    public void processElement(String line, Context<String> ctx, Collector<String> out) {
      Long timestamp = ctx.timestamp();
      if (timestamp == null) {
        return;
      }
      count.add(1L);
      out.collect(
          "%s with %d before watermark %d"
              .formatted(line, timestamp, ctx.timerService().currentWatermark()));
      ctx.timerService().registerEventTimeTimer(timestamp);
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      out.collect("fired " + time);
    }

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      out.collect("end of seen");
    }
  }
}
