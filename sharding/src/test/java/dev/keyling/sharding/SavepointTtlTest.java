package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.persistence.savepoint.SavepointReader;
import dev.keyling.semantics.world.Engine.Arrival;
import dev.keyling.semantics.world.HandClock;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.WatermarkStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * States with a time to live in a savepoint, which is restored into another store with other key
 * groups when time has passed: they expire as if the job had stayed where it was.
 */
class SavepointTtlTest {
  private static final String STEP = "keeps";
  private static final long LIFE = 100_000;
  private static final List<String> EARLY = List.of("a", "c", "e", "g");
  private static final List<String> LATE = List.of("b", "d", "f", "h");

  @TempDir private Path dir;

  private final HandClock clock = new HandClock();
  private final HandSource source = new HandSource();

  /** Keeps a word per key, in two states, until its time has come. */
  private static final class Keeping implements KeyedProcessFunction<String, String, String> {
    private final ValueState<Long> value;
    private final MapState<String, Long> map;

    Keeping(RuntimeContext ctx, TtlTimeCharacteristic time) {
      StateTtlConfig ttl = StateTtlConfig.newBuilder(LIFE).setTtlTimeCharacteristic(time).build();
      var inValue = new ValueStateDescriptor<>("value", Types.LONG);
      inValue.enableTimeToLive(ttl);
      var inMap = new MapStateDescriptor<>("map", Types.STRING, Types.LONG);
      inMap.enableTimeToLive(ttl);
      value = ctx.getState(inValue);
      map = ctx.getMapState(inMap);
    }

    @Override
    public void processElement(String order, Context<String> ctx, Collector<String> out) {
      if (order.startsWith("write")) {
        value.update(1L);
        map.put("entry", 2L);
      } else {
        out.collect(order + ": " + value.value() + ", " + map.get("entry"));
      }
    }

    @Override
    public void onExpired(ExpiredEntry expired, Context<String> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + " lost " + expired.state());
    }
  }

  private static String keyOf(String order) {
    return order.substring(order.indexOf(' ') + 1);
  }

  private Dataflow flow(TtlTimeCharacteristic time, Path out) {
    Dataflow flow = Dataflow.named("keeping").enableCheckpointing(Duration.ofMillis(20));
    flow.from("in", source)
        .assignTimestampsAndWatermarks(WatermarkStrategy.forBoundedOutOfOrderness(HandSource.BOUND))
        .filter(HandSource::isElement)
        .map(arrival -> (String) arrival.element())
        .keyBy(SavepointTtlTest::keyOf, Types.STRING)
        .process(STEP, ctx -> new Keeping(ctx, time))
        .to("out", Sinks.lines(out));
    return flow;
  }

  private TestSystem start(String store, int keyGroups) {
    return TestSystem.start(
        dir.resolve(store),
        clock,
        "keyling.persistence.leveldb.key-groups",
        String.valueOf(keyGroups),
        "keyling.actors.max-timer-sleep",
        "1ms",
        "keyling.sharding.watermark-interval",
        "0ms");
  }

  private void advance(long to) {
    clock.set(to);
    source.offer(List.of(HandSource.tick(to)));
  }

  private void order(String order, List<String> keys, long time) {
    source.offer(keys.stream().map(key -> new Arrival(order + " " + key, time)).toList());
  }

  private static void untilWritten(Path out, int lines) {
    TestSystem.until(lines + " lines", () -> Tallies.written(out).size() >= lines);
    assertThat(Tallies.written(out)).hasSize(lines);
  }

  private void write(Job job) {
    order("write", EARLY, 0);
    handled(job);
    advance(60_000);
    order("write", LATE, 60_000);
    handled(job);
  }

  private void handled(Job job) {
    TestSystem.until("they are read", source::isRead);
    TestSystem.await(job.triggerCheckpoint());
  }

  /** Time passes until the first have expired, and then until all have. */
  private void live(Job job, Path out) {
    advance(LIFE + 20_000);
    untilWritten(out, 2 * EARLY.size());
    order("read", EARLY, LIFE + 20_000);
    order("read", LATE, LIFE + 20_000);
    untilWritten(out, 3 * EARLY.size() + LATE.size());
    advance(LIFE + 60_000);
    untilWritten(out, 3 * EARLY.size() + 3 * LATE.size());
    TestSystem.await(job.stopWithSavepoint(dir.resolve("end-" + out.getFileName())));
    TestSystem.await(job.completion());
    List<String> left = new ArrayList<>();
    SavepointReader.open(dir.resolve("end-" + out.getFileName()))
        .forEachKey(STEP, Types.STRING, key -> left.add(key.key()));
    assertThat(left).as("nothing is left of what has expired").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theyExpireAsIfTheJobHadStayed(TtlTimeCharacteristic time) {
    Path stayed = dir.resolve("stayed.txt");
    try (TestSystem system = start("stays", 8)) {
      Job job = TestSystem.running(system.run(flow(time, stayed)));
      write(job);
      live(job, stayed);
    }
    clock.set(0);
    source.truncate(0);
    Path moved = dir.resolve("moved.txt");
    try (TestSystem system = start("before", 8)) {
      Job job = TestSystem.running(system.run(flow(time, moved)));
      write(job);
      TestSystem.await(job.stopWithSavepoint(dir.resolve("sp")));
      TestSystem.await(job.completion());
    }
    clock.set(LIFE + 10_000); // nobody runs meanwhile
    try (TestSystem system = start("after", 5)) {
      Savepoint savepoint = Savepoint.at(dir.resolve("sp"));
      Job job = TestSystem.running(system.local().keyling().run(flow(time, moved), savepoint));
      live(job, moved);
    }
    assertThat(counted(moved)).isEqualTo(counted(stayed));
    assertThat(Tallies.written(moved))
        .contains("a lost value", "a lost map", "read a: null, null", "read b: 1, 2");
  }

  private static TreeMap<String, Integer> counted(Path out) {
    TreeMap<String, Integer> counted = new TreeMap<>();
    Tallies.written(out).forEach(line -> counted.merge(line, 1, Integer::sum));
    return counted;
  }
}
