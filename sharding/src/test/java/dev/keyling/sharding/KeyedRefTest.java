package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceWithContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keyed step in a Pekko application: every answer is durable. */
class KeyedRefTest {
  @TempDir private Path dir;
  private LocalSystem local;

  /** Adds up what comes; throws on a negative number, after it has changed its state. */
  private static final class Total implements KeyedProcessFunction<String, Long, Long> {
    private final ValueState<Long> total;

    Total(RuntimeContext ctx) {
      total = ctx.getState(new ValueStateDescriptor<>("total", Types.LONG, 0L));
    }

    @Override
    public void processElement(Long value, Context<String> ctx, Collector<Long> out) {
      total.update(total.value() + value);
      if (value < 0) {
        throw new IllegalArgumentException("negative: " + value);
      }
      out.collect(total.value());
    }
  }

  /** Says, some milliseconds after an element, that it was there. */
  private static final class Echo implements KeyedProcessFunction<String, Long, Long> {
    private final ValueState<Long> last;

    Echo(RuntimeContext ctx) {
      last = ctx.getState(new ValueStateDescriptor<>("last", Types.LONG));
    }

    @Override
    public void processElement(Long delay, Context<String> ctx, Collector<Long> out) {
      last.update(delay);
      long now = ctx.timerService().currentProcessingTime();
      ctx.timerService().registerProcessingTimeTimer(now + delay);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<Long> out) {
      out.collect(last.value());
      last.clear();
    }
  }

  @BeforeEach
  void start() {
    local =
        LocalSystem.start(
            "embedded",
            ConfigFactory.parseMap(
                Map.of(
                    "keyling.persistence.leveldb.dir",
                    dir.toString(),
                    "keyling.persistence.leveldb.key-groups",
                    8)));
  }

  @AfterEach
  void stop() {
    local.close();
  }

  private void restart() {
    stop();
    start();
  }

  private KeyedRef<String, Long, Long> totals() {
    return local.keyling().keyed("totals", Types.STRING, Total::new);
  }

  private static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void answersWhatIsStillThereAfterARestart() {
    assertThat(get(totals().ask("a", 5L))).containsExactly(5L);
    assertThat(get(totals().ask("a", 7L))).containsExactly(12L);
    get(totals().tell("b", 1L));
    restart();
    assertThat(get(totals().ask("a", 1L))).containsExactly(13L);
    assertThat(get(totals().view("b")).states()).isEqualTo(Map.of("total", 1L));
    assertThat(get(totals().view("nobody")).states()).isEmpty();
  }

  @Test
  void failsTheOneAskWhoseFunctionThrowsAndKeepsNothingOfIt() {
    get(totals().tell("a", 5L));
    assertThatThrownBy(() -> totals().ask("a", -1L).toCompletableFuture().get())
        .hasMessageContaining("totals")
        .hasMessageContaining("key \"a\"")
        .hasMessageContaining("negative: -1");
    assertThat(get(totals().ask("a", 1L))).containsExactly(6L);
  }

  @Test
  void emitsTheOutputsOfAFlowInTheOrderOfItsElements() {
    int elements = 20_000;
    List<Pair<String, Long>> outputs =
        get(
            Source.range(0, elements - 1)
                .map(i -> Pair.create("key-" + i % 100, (long) i))
                .via(local.keyling().keyed("pairs", Types.STRING, PairTotal::new).flow(Pair::first))
                .runWith(Sink.seq(), local.system()));
    Map<String, Long> sums = new HashMap<>();
    List<Pair<String, Long>> expected = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      long sum = sums.merge("key-" + i % 100, (long) i, Long::sum);
      expected.add(Pair.create("key-" + i % 100, sum));
    }
    assertThat(outputs).isEqualTo(expected);
  }

  /** Adds up per key, and says the key too. */
  private static final class PairTotal
      implements KeyedProcessFunction<String, Pair<String, Long>, Pair<String, Long>> {
    private final ValueState<Long> total;

    PairTotal(RuntimeContext ctx) {
      total = ctx.getState(new ValueStateDescriptor<>("total", Types.LONG, 0L));
    }

    @Override
    public void processElement(
        Pair<String, Long> value, Context<String> ctx, Collector<Pair<String, Long>> out) {
      total.update(total.value() + value.second());
      out.collect(Pair.create(ctx.getCurrentKey(), total.value()));
    }
  }

  @Test
  void passesTheContextOfAnElementOnToItsOutputs() {
    List<Pair<Long, Integer>> outputs =
        get(
            SourceWithContext.fromPairs(
                    Source.from(IntStream.range(0, 100).boxed().toList())
                        .map(i -> Pair.create((long) i, i)))
                .via(totals().<Integer>flowWithContext(i -> "one"))
                .runWith(Sink.seq(), local.system()));
    assertThat(outputs).hasSize(100);
    long sum = 0;
    for (int i = 0; i < 100; i++) {
      sum += i;
      assertThat(outputs.get(i)).isEqualTo(Pair.create(sum, i));
    }
  }

  @Test
  void failsTheFlowWhoseFunctionThrows() {
    assertThatThrownBy(
            () ->
                Source.from(List.of(1L, 2L, -3L))
                    .via(totals().flow(i -> "x"))
                    .runWith(Sink.seq(), local.system())
                    .toCompletableFuture()
                    .get())
        .hasMessageContaining("negative: -3");
  }

  @Test
  void firesTimersOnTheFlowAndOverdueOnesAfterARestart() {
    KeyedRef<String, Long, Long> echo = local.keyling().keyed("echo", Types.STRING, Echo::new);
    List<Long> first =
        get(
            Source.single(20L)
                .concat(Source.maybe())
                .via(echo.flow(i -> "a"))
                .take(1)
                .runWith(Sink.seq(), local.system()));
    assertThat(first).containsExactly(20L);
    get(echo.tell("b", 1L));
    get(echo.tell("c", 3_600_000L));
    restart();
    KeyedRef<String, Long, Long> again = local.keyling().keyed("echo", Types.STRING, Echo::new);
    assertThat(get(again.view("c")).timers()).hasSize(1);
    TestSystem.until("the overdue timer fires", () -> get(again.view("b")).states().isEmpty());
    assertThat(get(again.view("b")).timers()).isEmpty();
  }
}
