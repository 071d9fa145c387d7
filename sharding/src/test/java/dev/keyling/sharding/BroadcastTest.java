package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.DeadLetter;
import dev.keyling.Job;
import dev.keyling.KeyedStep;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Source;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broadcast elements in running jobs, on a store, through crashes. */
class BroadcastTest {
  private static final int KEY_GROUPS = 8;
  private static final MapStateDescriptor<String, Long> RULES =
      new MapStateDescriptor<>("rules", Types.STRING, Types.LONG);
  private static final String[] SETTINGS = {
    "keyling.actors.max-live-keys", "80", "keyling.actors.flush-interval", "10ms"
  };

  @TempDir static Path dir;
  private static TestSystem system;

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir.resolve("store"), SETTINGS);
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private static KeyedStep<Integer, String> counting(
      Dataflow flow,
      Source<Integer> elements,
      Source<Long> rules,
      int keys,
      RulesCounter.Crashes crashes) {
    flow.enableCheckpointing(Duration.ofMillis(20))
        .setRestartStrategy(RestartStrategy.fixedDelay(10, Duration.ofMillis(1)));
    return flow.from("elements", elements)
        .keyBy(i -> i % keys)
        .connect(flow.from("rules", rules).broadcast())
        .process("count", ctx -> new RulesCounter(ctx, crashes));
  }

  private static List<String> numbered(String what, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> what + " " + i).toList();
  }

  @Test
  void everyKeyGroupHandlesEveryBroadcastElementOnceThroughCrashes() throws IOException {
    Path output = dir.resolve("once.txt");
    RulesCounter.Crashes crashes = new RulesCounter.Crashes();
    Dataflow flow = Dataflow.named("once");
    counting(
            flow,
            new CrashingSource<>(2, 20_000, i -> i).crashingAt(3_000, 15_001),
            new CrashingSource<>(1, 200, i -> (long) i).crashingAt(50),
            100,
            crashes)
        .to("out", Sinks.lines(output));
    Job job = system.run(flow);
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt()).isGreaterThanOrEqualTo(3); // two crashes may fall together
    List<String> lines = Files.readAllLines(output);
    for (int group = 0; group < KEY_GROUPS; group++) {
      String start = "group " + group;
      assertThat(lines)
          .filteredOn(line -> line.startsWith(start + " "))
          .isEqualTo(numbered(start, 200));
    }
    assertThat(lines).filteredOn(line -> line.startsWith("key")).hasSize(100);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("key"))
        .allMatch(line -> line.split(" ")[2].equals("200"));
  }

  @Test
  void anUpdateReachesSleepingKeysOnceThroughCrashes() throws IOException {
    Path output = dir.resolve("updates.txt");
    RulesCounter.Crashes crashes = new RulesCounter.Crashes();
    AtomicBoolean open = new AtomicBoolean();
    Dataflow flow = Dataflow.named("updates");
    counting(
            flow,
            CrashingSource.of(3_000, i -> i),
            CrashingSource.of(4, i -> 149L + i).crashingAt(1, 3).when(i -> open.get()),
            1_500,
            crashes)
        .to("out", Sinks.lines(output));
    Job job = system.run(flow);
    TestSystem.until("all elements are handled", () -> crashes.elements.get() == 3_000);
    TestSystem.await(job.triggerCheckpoint());
    open.set(true);
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt()).isGreaterThan(2);
    assertThat(Files.readAllLines(output))
        .filteredOn(line -> line.startsWith("key"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1_500).mapToObj(key -> "key " + key + " 2 4").toList());
  }

  /** Emits the elements that are over the limit. */
  private static final class Limiting
      implements KeyedBroadcastProcessFunction<String, Long, Long, String> {
    private final int group;

    Limiting(RuntimeContext ctx) {
      group = ctx.keyGroup();
    }

    @Override
    public void processElement(Long element, ReadOnlyContext<String> ctx, Collector<String> out) {
      Long limit = ctx.getBroadcastState(RULES).get("limit");
      out.collect(ctx.getCurrentKey() + " " + element + " limit " + limit);
    }

    @Override
    public void processBroadcastElement(
        Long limit, BroadcastContext<String> ctx, Collector<String> out) {
      ctx.getBroadcastState(RULES).put("limit", limit);
      if (limit < 0) {
        throw new IllegalArgumentException("negative");
      }
      out.collect("group " + group);
    }
  }

  private static KeyedStep<String, String> limiting(
      Dataflow flow, Source<Long> elements, Source<Long> limits) {
    return flow.from("elements", elements)
        .keyBy(element -> "k" + element % 10)
        .connect(flow.from("changes", limits).broadcast())
        .process("limits", Limiting::new);
  }

  @Test
  void aLaterRunHasTheBroadcastStateOfTheOneBefore() {
    Path store = dir.resolve("later");
    List<String> out = Collections.synchronizedList(new ArrayList<>());
    try (TestSystem first = TestSystem.start(store, SETTINGS)) {
      Dataflow flow = Dataflow.named("later").enableCheckpointing(Duration.ofMillis(20));
      limiting(
              flow,
              CrashingSource.of(1_000, i -> (long) i).endless().when(i -> false),
              CrashingSource.of(2, i -> 40L + i).endless())
          .to("out", Sinks.collect(out));
      Job job = TestSystem.running(first.run(flow));
      TestSystem.until("all limits are set", () -> out.size() == 2 * KEY_GROUPS);
      TestSystem.await(job.triggerCheckpoint());
      TestSystem.await(job.cancel());
    }
    out.clear();
    try (TestSystem second = TestSystem.start(store, SETTINGS)) {
      Dataflow flow = Dataflow.named("later").enableCheckpointing(Duration.ofMillis(20));
      limiting(flow, CrashingSource.of(1_000, i -> (long) i), CrashingSource.of(2, i -> 40L + i))
          .to("out", Sinks.collect(out));
      second.finish(flow);
    }
    assertThat(out).hasSize(1_000).allMatch(line -> line.endsWith("limit 41"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSkippedBroadcastElementIsADeadLetterOfEveryKeyGroup(boolean checkpoints) {
    Dataflow flow = Dataflow.named("skips-" + checkpoints);
    if (checkpoints) {
      flow.enableCheckpointing(Duration.ofMillis(20));
    }
    List<String> out = Collections.synchronizedList(new ArrayList<>());
    List<DeadLetter> letters = Collections.synchronizedList(new ArrayList<>());
    KeyedStep<String, String> step =
        limiting(
            flow,
            CrashingSource.of(100, i -> (long) i)
                .when(i -> letters.size() == KEY_GROUPS && out.size() >= 2 * KEY_GROUPS),
            CrashingSource.of(3, i -> i == 1 ? -1L : 40L + i));
    step.to("out", Sinks.collect(out));
    step.deadLetters().to("letters", Sinks.collect(letters));
    system.finish(flow);
    assertThat(letters).hasSize(KEY_GROUPS);
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.key()).isNull();
              assertThat(letter.element()).isEqualTo(-1L);
              assertThat(letter.cause()).hasMessage("negative");
            });
    assertThat(out).filteredOn(line -> line.startsWith("group")).hasSize(2 * KEY_GROUPS);
    assertThat(out)
        .filteredOn(line -> line.startsWith("k"))
        .hasSize(100)
        .allMatch(line -> line.endsWith("limit 42"));
  }

  @Test
  void aBroadcastElementThatThrowsFailsTheJobWithItsMessage() {
    Dataflow flow = Dataflow.named("fails");
    limiting(flow, CrashingSource.of(0, i -> 0L), CrashingSource.of(1, i -> -1L))
        .to("out", Sinks.collect(new ArrayList<>()));
    assertThatThrownBy(() -> system.finish(flow))
        .hasMessageContaining(
            "dataflow \"fails\" step \"limits\": processBroadcastElement threw"
                + " java.lang.IllegalArgumentException: negative on -1");
  }

  @Test
  void aKeyedStepBehindNeedsKeysAgain() {
    Dataflow flow = Dataflow.named("behind");
    limiting(flow, CrashingSource.of(0, i -> 0L), CrashingSource.of(1, i -> 1L))
        .<String>process("next", ctx -> (value, context, out) -> out.collect(value))
        .to("out", Sinks.collect(new ArrayList<>()));
    assertThatThrownBy(() -> system.finish(flow))
        .hasMessageContaining("step \"next\"")
        .hasMessageContaining("put a keyBy behind that step");
  }

  @Test
  void oneLaneMayBringBothTheElementsAndWhatIsBroadcast() {
    List<String> out = Collections.synchronizedList(new ArrayList<>());
    Dataflow flow = Dataflow.named("one-lane").enableCheckpointing(Duration.ofMillis(20));
    var in = flow.from("in", CrashingSource.of(1_000, i -> (long) i));
    in.keyBy(i -> "k" + i % 10)
        .connect(in.filter(i -> i % 100 == 0).broadcast())
        .process("limits", Limiting::new)
        .to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).filteredOn(line -> line.startsWith("group")).hasSize(10 * KEY_GROUPS);
    assertThat(out).filteredOn(line -> line.startsWith("k")).hasSize(1_000);
  }
}
