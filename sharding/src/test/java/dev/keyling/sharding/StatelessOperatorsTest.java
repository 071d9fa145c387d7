package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.Inspected;
import dev.keyling.Job;
import dev.keyling.connector.Sinks;
import dev.keyling.semantics.Proves;
import dev.keyling.semantics.world.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SEMANTICS Y8: operators without state, in jobs. */
@Proves("Y8")
class StatelessOperatorsTest {
  @TempDir static Path dir;
  private static TestSystem system;

  private final List<Object> out = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir);
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private static DataStream<Integer> numbers(Dataflow flow, int size) {
    return flow.fromCollection("in", IntStream.range(0, size).boxed().toList());
  }

  @Test
  void aFilterMapDropsWhatIsEmptyAndAFlattenTakesListsApart() {
    Dataflow flow = Dataflow.named("flatten");
    DataStream<List<Integer>> lists =
        numbers(flow, 4)
            .filterMap(i -> i % 2 == 0 ? Optional.of(List.of(i, i + 10)) : Optional.empty());
    DataStream.flatten(lists).to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).containsExactly(0, 10, 2, 12);
  }

  @Test
  void anInspectionTellsTheLane() {
    Dataflow flow = Dataflow.named("inspect");
    List<Inspected<Integer>> seen = Collections.synchronizedList(new ArrayList<>());
    numbers(flow, 3)
        .inspectDebug("before", seen::add)
        .keyBy(i -> i)
        .<Integer>process("step", ctx -> (value, context, collector) -> collector.collect(value))
        .inspectDebug("behind", seen::add)
        .to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(seen.stream().filter(each -> each.stepId().equals("before")))
        .extracting(Inspected::toString)
        .containsExactly(
            "before: 0 (in/0, attempt 1)",
            "before: 1 (in/0, attempt 1)",
            "before: 2 (in/0, attempt 1)");
    assertThat(seen.stream().filter(each -> each.stepId().equals("behind")))
        .hasSize(3)
        .allMatch(each -> each.lane().matches("step/[01]") && each.value().equals(each.key()));
  }

  @Test
  void anElementThatOughtNotToComeFailsTheJobAndIsNamed() {
    Dataflow flow = Dataflow.named("debts");
    numbers(flow, 9).branch(i -> i < 7).falses().raises("no-debts");
    assertThatThrownBy(() -> system.finish(flow))
        .hasStackTraceContaining("Dataflow debts step \"no-debts\"")
        .hasStackTraceContaining("no element may come here, but 7 did");
  }

  @Test
  void whatWasLookedUpIsGoodForItsTimeByTheClockOfTheSystem() {
    HandClock clock = new HandClock();
    AtomicInteger asked = new AtomicInteger();
    Map<String, Object> settings =
        Map.of(
            "keyling.persistence.leveldb.dir",
            dir.resolve("timed").toString(),
            "keyling.persistence.leveldb.key-groups",
            4);
    try (LocalSystem timed = LocalSystem.start("timed", ConfigFactory.parseMap(settings), clock)) {
      Dataflow flow = Dataflow.named("enrich");
      CrashingSource<String> source =
          CrashingSource.of(3, i -> "ann").when(i -> clock.millis() >= 10 * i + (i == 2 ? 1 : 0));
      flow.from("in", source)
          .enrichCached(
              "names",
              (String user) -> user + asked.incrementAndGet(),
              Duration.ofMillis(10),
              (cache, user) -> cache.get(user))
          .to("out", Sinks.collect(out));
      Job job = timed.keyling().run(flow);
      for (int time : List.of(10, 21)) {
        int before = time / 10;
        TestSystem.until("those before have come", () -> out.size() == before);
        clock.set(time);
      }
      TestSystem.await(job.completion());
      assertThat(out).containsExactly("ann1", "ann1", "ann2");
    }
  }

  /** Each of two elements waits in a slow function until the other is there too. */
  @Test
  void aSlowFunctionBehindARedistributionRunsInParallelThoughThereIsOnePartition() {
    CountDownLatch both = new CountDownLatch(2);
    Dataflow flow = Dataflow.named("spread");
    numbers(flow, 8)
        .redistribute("spread")
        .map(
            i -> {
              both.countDown();
              return both.await(20, TimeUnit.SECONDS) ? i : -1;
            })
        .to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }
}
