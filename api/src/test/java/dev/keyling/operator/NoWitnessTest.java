package dev.keyling.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.Join;
import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import dev.keyling.JoinRow;
import dev.keyling.JoinSide;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.function.Collector;
import dev.keyling.function.Next;
import dev.keyling.function.RuntimeContext;
import dev.keyling.function.StatefulLogic;
import dev.keyling.state.Types;
import dev.keyling.testing.TestingSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No call of an operator needs a type witness, wherever it stands. */
class NoWitnessTest {
  private record Order(String user, long amount, double weight) {}

  private final DataStream<Order> orders =
      Dataflow.named("shop").from("orders", TestingSource.of(new Order("a", 1, 1)));
  private final KeyedStream<String, Order> keyed = orders.keyBy(Order::user);
  private final KeyedStream<String, Long> amounts = keyed.map(Order::amount);

  private record Sum(long sum) implements StatefulLogic<Order, Long, Long> {
    Sum(RuntimeContext ctx, Optional<Long> snapshot) {
      this(snapshot.orElse(0L));
    }

    @Override
    public boolean onItem(Order order, Collector<Long> out) {
      out.collect(order.amount());
      return RETAIN;
    }

    @Override
    public Long snapshot() {
      return sum;
    }
  }

  @Test
  void rollingAggregates() {
    KeyedStep<String, Long> reduced = amounts.reduce("reduce", Types.LONG, Long::sum);
    KeyedStep<String, Long> summed = keyed.sum("sum", Types.LONG, Order::amount);
    KeyedStep<String, Double> least = keyed.min("min", Types.DOUBLE, Order::weight);
    KeyedStep<String, String> most = keyed.max("max", Types.STRING, order -> order.user());
    KeyedStep<String, Long> leastOf = amounts.minBy("minBy", Types.LONG, n -> n % 7);
    KeyedStep<String, Long> mostOf = amounts.maxBy("maxBy", Types.LONG, n -> n % 7);
    keyed.sum("lambda", Types.LONG, order -> order.amount()).map(n -> n + 1).print("chained");
    assertThat(List.of(reduced, summed, least, most, leastOf, mostOf)).doesNotContainNull();
  }

  @Test
  void statefulOperators() {
    KeyedStep<String, Long> counted =
        keyed.statefulMap(
            "count",
            Types.LONG,
            (state, order) -> {
              long n = state.orElse(0L) + 1;
              return Next.retain(n, n);
            });
    KeyedStep<String, String> alternating =
        keyed.statefulFlatMap(
            "alternate",
            Types.LONG,
            (state, order) ->
                state.isPresent()
                    ? Next.discard(List.of(order.user(), "again"))
                    : Next.retain(order.amount(), List.of()));
    KeyedStep<String, Long> sum = keyed.stateful("sum", Types.LONG, Sum::new);
    KeyedStep<String, Long> lambda =
        keyed.stateful("lambda", Types.LONG, (ctx, snapshot) -> new Sum(ctx, snapshot));
    assertThat(List.of(counted, alternating, sum, lambda)).doesNotContainNull();
  }

  @Test
  void finalOnes() {
    KeyedStep<String, Long> reduced = amounts.reduceFinal("reduce", Types.LONG, Long::sum);
    KeyedStep<String, List<Long>> folded =
        keyed.foldFinal(
            "fold",
            Types.listOf(Types.LONG),
            ArrayList::new,
            (all, order) -> {
              all.add(order.amount());
              return all;
            });
    KeyedStep<String, Long> counted =
        keyed.foldFinal("fold-count", Types.LONG, () -> 0L, (n, order) -> n + 1);
    KeyedStep<String, Long> counts = orders.countFinal("count", Order::user);
    KeyedStep<String, Long> least = amounts.minFinal("min", Types.LONG, n -> n);
    KeyedStep<String, Long> most = amounts.maxFinal("max", Types.LONG, n -> n);
    KeyedStep<String, List<Long>> lists =
        amounts.collect("lists", Types.LONG, Duration.ofSeconds(1), 10);
    assertThat(List.of(reduced, folded, counted, counts, least, most, lists)).doesNotContainNull();
  }

  @Test
  void joins() {
    JoinSide<String, Long> amount = amounts.side(Types.LONG);
    JoinSide<String, String> user = keyed.map(Order::user).side(Types.STRING);
    KeyedStep<String, JoinRow> rows =
        Join.of("join", JoinInsertMode.LAST, JoinEmitMode.COMPLETE, user, amount);
    Join.of("chained", JoinInsertMode.FIRST, JoinEmitMode.FINAL, user, amount)
        .map(row -> row.get(user) + row.get(amount))
        .print("joined");
    assertThat(rows).isNotNull();
  }
}
