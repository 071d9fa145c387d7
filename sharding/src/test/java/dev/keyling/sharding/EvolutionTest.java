package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobFailedException;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.Proves;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.StateMigration;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program is replaced by its next version, which goes on with what is stored. */
class EvolutionTest {
  private static final ValueStateDescriptor<Long> NUMBER =
      new ValueStateDescriptor<>("sum", Types.LONG);
  private static final ValueStateDescriptor<Sum> SUM = new ValueStateDescriptor<>("sum", Sum.class);
  private static final ValueStateDescriptor<Total> TOTAL =
      new ValueStateDescriptor<>("sum", Total.class);
  private static final ValueStateDescriptor<Text> TEXT =
      new ValueStateDescriptor<>("sum", Text.class);

  @TempDir static Path dir;
  private static TestSystem system;

  private final List<String> out = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger migrations = new AtomicInteger();

  record Sum(String name, int value) {}

  record Total(@JsonAlias("value") long total, int count) {}

  record Text(String name, List<String> value) {}

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir);
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private Dataflow flow(
      String name,
      CrashingSource<Integer> source,
      Function<RuntimeContext, KeyedProcessFunction<String, Integer, String>> function) {
    Dataflow flow =
        Dataflow.named(name)
            .enableCheckpointing(Duration.ofMillis(20))
            .setRestartStrategy(RestartStrategy.none());
    flow.from("in", source)
        .keyBy(number -> "key" + number % 3)
        .process("step", function)
        .to("out", Sinks.collect(out));
    return flow;
  }

  private static CrashingSource<Integer> numbers(int size) {
    return CrashingSource.of(size, i -> i);
  }

  private static KeyedProcessFunction<String, Integer, String> summing(RuntimeContext ctx) {
    var sum = ctx.getState(NUMBER);
    return (number, context, collector) -> {
      Long before = sum.value();
      sum.update((before == null ? 0 : before) + number);
      context.timerService().registerEventTimeTimer(1_000);
      collector.collect(context.getCurrentKey() + "=" + sum.value());
    };
  }

  private static <T>
      Function<RuntimeContext, KeyedProcessFunction<String, Integer, String>> showing(
          ValueStateDescriptor<T> state) {
    return ctx -> {
      ValueState<T> value = ctx.getState(state);
      return (number, context, collector) ->
          collector.collect(context.getCurrentKey() + " " + value.value());
    };
  }

  /** Sums in text, which is what it makes of numbers. */
  private final class Migrating
      implements KeyedProcessFunction<String, Integer, String>, StateMigration {
    private final ValueState<Text> text;

    Migrating(RuntimeContext ctx) {
      text = ctx.getState(TEXT);
    }

    @Override
    public void migrateState(KeyedStateStore stored) {
      migrations.incrementAndGet();
      Long number = stored.getState(NUMBER).value();
      if (number != null) {
        text.update(new Text("old", List.of(number.toString())));
      }
    }

    @Override
    public void processElement(Integer number, Context<String> ctx, Collector<String> collector) {
      List<String> values = new ArrayList<>();
      Text before = text.value();
      if (before != null) {
        values.addAll(before.value());
      }
      values.add(number.toString());
      text.update(new Text("new", values));
      collector.collect(ctx.getCurrentKey() + values);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<String> collector) {
      collector.collect(ctx.getCurrentKey() + " timer " + text.value());
    }
  }

  @Test
  @Proves({"error 3", "decision 14"})
  void aMisfitFailsTheJobWithItsStateAndTheOldProgramGoesOn() {
    system.finish(flow("misfit", numbers(6), EvolutionTest::summing));
    assertThat(out).contains("key0=3", "key1=5", "key2=7");
    assertThatThrownBy(() -> system.finish(flow("misfit", numbers(9), showing(SUM))))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("dataflow \"misfit\" step \"step\" key \"key")
        .hasMessageContaining(
            "the state \"sum\" is stored as ValueState<long> and declared as"
                + " ValueState<dev.keyling.sharding.EvolutionTest$Sum>");
    out.clear();
    system.finish(flow("misfit", numbers(9), EvolutionTest::summing));
    assertThat(out).contains("key0=9", "key1=12", "key2=15");
  }

  private static KeyedProcessFunction<String, Integer, String> remembering(RuntimeContext ctx) {
    var sum = ctx.getState(SUM);
    return (number, context, collector) -> sum.update(new Sum("käte", number));
  }

  @Test
  @Proves("error 3")
  void aRecordChangesOrIsRefusedWithWhatIsStored() {
    system.finish(flow("record", numbers(3), EvolutionTest::remembering));
    system.finish(flow("record", numbers(4), showing(TOTAL)));
    assertThat(out).containsExactly("key0 Total[total=0, count=0]");
    assertThatThrownBy(() -> system.finish(flow("record", numbers(6), showing(TEXT))))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining(
            "the state \"sum\" is stored as ValueState<object {name: string, value: int}> and"
                + " declared as ValueState<dev.keyling.sharding.EvolutionTest$Text>");
    out.clear();
    system.finish(flow("record", numbers(6), showing(SUM)));
    assertThat(out).contains("key1 Sum[name=käte, value=1]", "key2 Sum[name=käte, value=2]");
  }

  @Test
  void aMigrationIsStoredWithTheNextCommitAndRepeatedUntilThen() {
    system.finish(flow("migrated", numbers(3), EvolutionTest::summing));
    out.clear();
    AtomicBoolean crashed = new AtomicBoolean();
    CrashingSource<Integer> source =
        CrashingSource.of(
                6,
                number -> {
                  if (number == 5 && crashed.compareAndSet(false, true)) {
                    throw new IllegalStateException("crash after a migration");
                  }
                  return number;
                })
            .when(index -> index < 5 || migrations.get() > 0);
    Dataflow crashing = flow("migrated", source, Migrating::new);
    crashing.enableCheckpointing(Duration.ofDays(1));
    crashing.setRestartStrategy(RestartStrategy.fixedDelay(3, Duration.ZERO));
    system.finish(crashing);
    assertThat(out)
        .contains("key0[0, 3]", "key1[1, 4]", "key2[2, 5]")
        .filteredOn(line -> line.contains("timer"))
        .isEmpty();
    int untilStored = migrations.get();
    assertThat(untilStored).isGreaterThan(3);
    out.clear();
    system.finish(flow("migrated", numbers(9), Migrating::new));
    assertThat(out).contains("key0[0, 3, 6]", "key1[1, 4, 7]", "key2[2, 5, 8]");
    assertThat(migrations).hasValue(untilStored);
  }

  private void stopAfterACheckpoint(Job job) {
    TestSystem.await(job.triggerCheckpoint());
    TestSystem.await(job.cancel());
  }

  @Test
  void aViewAndATimerShowWhatWasMigrated() {
    Job old =
        TestSystem.running(system.run(flow("woken", numbers(3).endless(), EvolutionTest::summing)));
    TestSystem.until("all is handled", () -> out.size() == 3);
    stopAfterACheckpoint(old);
    Job viewed =
        TestSystem.running(system.run(flow("woken", numbers(3).endless(), Migrating::new)));
    for (int look = 0; look < 2; look++) {
      assertThat(TestSystem.await(viewed.view("step", "key2")).states())
          .isEqualTo(Map.of("sum", new Text("old", List.of("2"))));
    }
    stopAfterACheckpoint(viewed);
    assertThat(migrations).hasValue(1);
    out.clear();
    system.finish(flow("woken", numbers(3), Migrating::new));
    assertThat(out)
        .containsExactlyInAnyOrder(
            "key0 timer Text[name=old, value=[0]]",
            "key1 timer Text[name=old, value=[1]]",
            "key2 timer Text[name=old, value=[2]]");
  }
}
