package dev.keyling.semantics;

import static dev.keyling.semantics.Matching.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.semantics.Matching.Match;
import dev.keyling.semantics.Matching.Order;
import dev.keyling.semantics.Matching.Payment;
import dev.keyling.state.Types;
import dev.keyling.testing.DataflowTestHarness;
import dev.keyling.testing.TestingSource;
import dev.keyling.time.WatermarkStrategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS F8: how two keyed streams are connected in a dataflow, and what is refused. */
@Proves("F8")
class ConnectedFlowTest {
  /** Returns what was late when orders had come up to 200 and payments up to the given time. */
  private static List<?> late(long lastPayment) {
    Dataflow flow = Dataflow.named("shop");
    KeyedStream<String, Order> orders =
        flow.from("orders", TestingSource.of(new Order("a", "tea"), new Order("b", "rice")))
            .assignTimestampsAndWatermarks(
                order -> order.id().equals("a") ? 0 : 200,
                WatermarkStrategy.forMonotonousTimestamps())
            .keyBy(Order::id);
    KeyedStream<String, Payment> payments =
        flow.from("payments", TestingSource.of(new Payment("c", lastPayment)).crash())
            .assignTimestampsAndWatermarks(
                Payment::amount, WatermarkStrategy.forMonotonousTimestamps())
            .keyBy(Payment::order);
    orders.connect(payments).process("match", Match::new).getSideOutput(SIDE).print("late");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    assertThatThrownBy(test::run).hasMessageContaining("crash");
    return test.output("late");
  }

  @Test
  void theWatermarkIsTheSmallerOne() {
    assertThat(late(100)).isEmpty();
    assertThat(late(101)).hasToString("[a unpaid, b unpaid, c unordered]");
  }

  @Test
  void aStepIsConnectedByTheKeyThatItsOutputsCarry() {
    Dataflow flow = Dataflow.named("shop");
    DataStream<Order> orders = flow.fromCollection("orders", List.of(new Order("a", "tea")));
    KeyedStep<String, Long> totals =
        flow.fromCollection("payments", List.of(new Payment("a", 1), new Payment("a", 2)))
            .keyBy(Payment::order)
            .map(Payment::amount)
            .reduce("total", Types.LONG, Long::sum);
    orders
        .keyBy(Order::id)
        .connect(totals.map(total -> new Payment("nobody", total)))
        .process("match", Match::new)
        .entries()
        .print("matched");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("matched")).hasToString("[a=a: tea for 1, a=a is left]");
  }

  @Test
  void aKeyTypeDeclaredOnOneSideIsEnough() {
    Dataflow flow = Dataflow.named("shop");
    flow.from("orders", TestingSource.of(new Order("a", "tea")))
        .keyBy(Order::id)
        .connect(
            flow.from("payments", TestingSource.of(new Payment("a", 1)))
                .keyBy(Payment::order, Types.STRING))
        .process("match", Match::new)
        .print("matched");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("matched")).hasToString("[a: tea for 1]");
  }

  @Test
  void keyTypesThatDifferAreRefusedWithTheStep() {
    Dataflow flow = Dataflow.named("shop");
    @SuppressWarnings("unchecked") // a program that the language cannot refuse
    KeyedStream<String, Payment> byAmount =
        (KeyedStream<String, Payment>)
            (KeyedStream<?, Payment>)
                flow.from("payments", TestingSource.<Payment>of())
                    .keyBy(Payment::amount, Types.LONG);
    var connected =
        flow.from("orders", TestingSource.<Order>of())
            .keyBy(Order::id, Types.STRING)
            .connect(byAmount);
    assertThatThrownBy(() -> connected.process("match", Match::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataflow shop step \"match\" connects a stream with keys of type string and one with"
                + " keys of type long; give both keyBy the same type");
  }

  @Test
  void aStreamOfAnotherDataflowIsRefused() {
    KeyedStream<String, Order> orders =
        Dataflow.named("shop").from("orders", TestingSource.<Order>of()).keyBy(Order::id);
    KeyedStream<String, Payment> payments =
        Dataflow.named("bank").from("payments", TestingSource.<Payment>of()).keyBy(Payment::order);
    assertThatThrownBy(() -> orders.connect(payments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Dataflow shop: connect takes a stream of the same dataflow");
  }
}
