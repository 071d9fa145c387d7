package dev.keyling.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.function.AggregateFunction;
import dev.keyling.function.Collector;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.testing.TestingSource;
import dev.keyling.time.TimeDomain;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that need no type witness: that this compiles is what it tests. */
class InferredTypesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final KeyedStream<String, String> words =
      Dataflow.named("shop").from("words", TestingSource.of("a")).keyBy(word -> word);

  /** A window function as a class. */
  private static final class Shown
      implements ProcessWindowFunction<String, Long, String, TimeWindow> {
    Shown(RuntimeContext ctx) {
      assertThat(ctx.stepId()).isNotEmpty();
    }

    @Override
    public void process(
        String key, WindowContext<TimeWindow> ctx, Iterable<Long> counts, Collector<String> out) {
      counts.forEach(count -> out.collect(key + ctx.window() + count));
    }
  }

  private static void pair(
      String left, String right, ProcessJoinFunction.JoinContext ctx, Collector<Integer> out) {
    out.collect(left.length() + right.length());
  }

  @Test
  void windowsInferTheirTypes() {
    KeyedStep<String, Long> counts =
        words
            .window(Windows.tumbling(SECOND))
            .aggregate("count", Types.LONG, AggregateFunction.counting());
    KeyedStep<String, String> firsts =
        words
            .window(Windows.global())
            .trigger(Trigger.continuous(TimeDomain.EVENT_TIME, SECOND).purging())
            .evictor(Evictor.time(SECOND))
            .evictor(Evictor.count(3))
            .process("first", Types.STRING, ctx -> InferredTypesTest::first);
    KeyedStep<String, String> shown =
        words
            .window(Windows.session(SECOND).inProcessingTime())
            .aggregate("shown", Types.LONG, AggregateFunction.counting(), Shown::new);
    KeyedStep<String, List<String>> lists =
        words
            .window(Windows.sliding(SECOND, SECOND).withOffset(Duration.ofMillis(1)))
            .allowedLateness(SECOND)
            .aggregate("list", Types.listOf(Types.STRING), AggregateFunction.toList());
    assertThat(List.of(counts, firsts, shown, lists)).doesNotContainNull();
  }

  private static void first(
      String key, WindowContext<GlobalWindow> ctx, Iterable<String> all, Collector<String> out) {
    out.collect(all.iterator().next());
  }

  @Test
  void joinsInferTheirTypes() {
    DataStream<Integer> near =
        words
            .intervalJoin(words)
            .between(SECOND.negated(), SECOND)
            .lowerBoundExclusive()
            .process("near", Types.STRING, Types.STRING, InferredTypesTest::pair);
    DataStream<Integer> together =
        words
            .join(words)
            .window(Windows.tumbling(SECOND))
            .apply("together", Types.STRING, Types.STRING, (left, right) -> left + right)
            .map(String::length);
    assertThat(List.of(near, together)).doesNotContainNull();
  }
}
