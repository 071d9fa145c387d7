package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.kernel.Outputs;
import dev.keyling.semantics.Proves;
import dev.keyling.semantics.world.Engine.Arrival;
import dev.keyling.semantics.world.HandClock;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers of sleeping keys: they fire, and wake nobody else. */
@Proves({"F5", "trap 3"})
class ManyTimersTest {
  private static final int TIMES = 100;
  private static final int LIVE_KEYS = 800;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @TempDir private Path dir;

  private final AtomicInteger woken = new AtomicInteger();
  private final List<String> fired = Collections.synchronizedList(new ArrayList<>());

  /** Sets one timer per element, at 1000 and a little, depending on the key. */
  private final class Sleeper implements KeyedProcessFunction<Integer, Integer, String> {
    Sleeper() {
      woken.incrementAndGet();
    }

    @Override
    public void processElement(Integer key, Context<Integer> ctx, Collector<String> out) {
      ctx.timerService().registerProcessingTimeTimer(timeOf(key));
    }

    @Override
    public void onTimer(long time, OnTimerContext<Integer> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + "@" + time);
    }
  }

  private static long timeOf(int key) {
    return 1000 + key % TIMES;
  }

  @Test
  void thoseOfTwentyThousandSleepingKeysFire() {
    fire(20_000);
  }

  @Test
  @Tag("stress")
  void thoseOfAMillionSleepingKeysFire() {
    fire(1_000_000);
  }

  private void fire(int keys) {
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "keyling.persistence.leveldb.dir",
                dir.toString(),
                "keyling.persistence.leveldb.key-groups",
                8,
                "keyling.actors.max-live-keys",
                LIVE_KEYS,
                "keyling.actors.max-timer-sleep",
                "5ms",
                "keyling.actors.flush-interval",
                "50ms",
                "pekko.loglevel",
                "WARNING"));
    HandClock clock = new HandClock();
    HandSource source = new HandSource();
    Dataflow flow = Dataflow.named("timers").enableCheckpointing(Duration.ofMillis(200));
    flow.from("in", source)
        .map(arrival -> (Integer) arrival.element())
        .keyBy(key -> key, Types.INT)
        .process("sleep", ctx -> new Sleeper())
        .to("out", Sinks.collect(fired));
    try (LocalSystem system =
        LocalSystem.start("timers", ConfigFactory.parseMap(settings), clock)) {
      Job job = TestSystem.running(system.keyling().run(flow));
      source.offer(
          IntStream.range(0, keys)
              .mapToObj(key -> new Arrival(key, Outputs.NO_TIMESTAMP))
              .toList());
      long begin = System.nanoTime();
      TestSystem.until("all is read", PATIENCE, source::isRead);
      TestSystem.await(job.triggerCheckpoint());
      long set = System.nanoTime();
      assertThat(woken).hasValue(keys);
      woken.set(0);

      clock.set(1000);
      int first = keys / TIMES;
      TestSystem.until("the first fire", PATIENCE, () -> fired.size() >= first);
      TestSystem.await(job.triggerCheckpoint());
      assertThat(fired).hasSize(first).allMatch(output -> output.endsWith("@1000"));
      assertThat(woken.get()).as("keys woken for %d timers", first).isLessThanOrEqualTo(first);

      long before = System.nanoTime();
      clock.set(5000);
      TestSystem.until("all fire", PATIENCE, () -> fired.size() >= keys);
      long after = System.nanoTime();
      TestSystem.await(job.triggerCheckpoint());
      assertThat(fired).doesNotHaveDuplicates().hasSize(keys);
      assertThat(woken.get()).isLessThanOrEqualTo(keys);
      System.out.printf(
          "%,d timers of keys of which %d stay awake: set %,.0f/s, fired %,.0f/s%n",
          keys, LIVE_KEYS, keys * 1e9 / (set - begin), (keys - first) * 1e9 / (after - before));
      TestSystem.await(job.cancel());
    }
  }
}
