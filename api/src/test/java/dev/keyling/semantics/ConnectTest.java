package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.testing.DataflowTestHarness;
import dev.keyling.testing.KeyedTestHarness;
import dev.keyling.testing.TestingSource;
import dev.keyling.time.TimestampedValue;
import dev.keyling.time.WatermarkStrategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS F8: two keyed streams, one function, the state and timers of a key shared. */
@Proves("F8")
class ConnectTest {
  private static final OutputTag<String> SIDE = new OutputTag<>("side");

  private record Order(String id, String goods) {}

  private record Payment(String order, long amount) {}

  /** Says what has been paid; what waits for its other half too long goes to the side. */
  static final class Match implements KeyedCoProcessFunction<String, Order, Payment, String> {
    private final ValueState<String> goods;
    private final ValueState<Long> paid;

    Match(RuntimeContext ctx) {
      goods = ctx.getState(new ValueStateDescriptor<>("goods", Types.STRING));
      paid = ctx.getState(new ValueStateDescriptor<>("paid", Types.LONG));
    }

    @Override
    public void processElement1(Order order, Context<String> ctx, Collector<String> out) {
      if (order.goods().isEmpty()) {
        goods.update("nothing");
        throw new IllegalArgumentException("an empty order");
      }
      goods.update(order.goods());
      complete(ctx, out);
    }

    @Override
    public void processElement2(Payment payment, Context<String> ctx, Collector<String> out) {
      paid.update(payment.amount());
      complete(ctx, out);
    }

    private void complete(Context<String> ctx, Collector<String> out) {
      if (goods.value() != null && paid.value() != null) {
        out.collect(ctx.getCurrentKey() + ": " + goods.value() + " for " + paid.value());
        goods.clear();
        paid.clear();
        ctx.timerService().deleteEventTimeTimer(100);
      } else {
        ctx.timerService().registerEventTimeTimer(100);
      }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<String> out) {
      ctx.output(SIDE, ctx.getCurrentKey() + (paid.value() == null ? " unpaid" : " unordered"));
    }

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + " is left");
    }
  }

  private static KeyedStream<String, Order> orders(KeyedStream<String, Object> both) {
    return both.filter(Order.class::isInstance).map(Order.class::cast);
  }

  private static KeyedStream<String, Payment> payments(KeyedStream<String, Object> both) {
    return both.filter(Payment.class::isInstance).map(Payment.class::cast);
  }

  private static KeyedTestHarness<String, Object, String> harness(boolean skips) {
    return KeyedTestHarness.ofStep(
        element -> element instanceof Order order ? order.id() : ((Payment) element).order(),
        Types.STRING,
        both -> {
          KeyedStep<String, String> step =
              orders(both).connect(payments(both)).process("match", Match::new);
          if (skips) {
            step.deadLetters();
          }
          return step;
        });
  }

  @LiveAndRestarting
  void bothInputsShareTheStateOfAKey(boolean restarting) {
    var harness = harness(false);
    harness.restartEveryElement(restarting);
    harness.processElement(new Order("a", "tea"));
    harness.processElement(new Payment("b", 7));
    assertThat(harness.takeOutput()).isEmpty();
    harness.processElement(new Payment("a", 5), 42);
    harness.processElement(new Order("b", "rice"));
    assertThat(harness.takeTimestampedOutput())
        .containsExactly(
            new TimestampedValue<>("a: tea for 5", 42L),
            new TimestampedValue<>("b: rice for 7", null));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  void bothInputsShareTheTimersOfAKey(boolean restarting) {
    var harness = harness(false);
    harness.restartEveryElement(restarting);
    harness.processElement(new Order("a", "tea"));
    harness.processElement(new Order("b", "rice"));
    harness.processElement(new Payment("c", 1));
    harness.processElement(new Payment("a", 5));
    assertThat(harness.numEventTimeTimers()).isEqualTo(2);
    harness.processWatermark(100);
    assertThat(harness.takeSideOutput(SIDE)).containsExactly("b unpaid", "c unordered");
    harness.endInput();
    assertThat(harness.takeOutput())
        .containsExactlyInAnyOrder("a: tea for 5", "b is left", "c is left");
  }

  @Test
  void aSnapshotRemembersBothInputs() {
    var harness = harness(false);
    harness.processElement(new Order("a", "tea"));
    harness.processElement(new Payment("b", 7));
    var restored = harness.restore(harness.snapshot());
    restored.processElement(new Payment("a", 5));
    restored.processElement(new Order("b", "rice"));
    assertThat(restored.takeOutput()).containsExactly("a: tea for 5", "b: rice for 7");
  }

  @Test
  void aDeadLetterHoldsTheUsersElement() {
    var harness = harness(true);
    harness.processElement(new Order("a", ""));
    assertThat(harness.takeDeadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.element()).isEqualTo(new Order("a", ""));
              assertThat(letter.key()).isEqualTo("a");
              assertThat(letter.cause()).hasMessage("an empty order");
            });
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aFailureNamesTheUsersElement() {
    var harness = harness(false);
    assertThatThrownBy(() -> harness.processElement(new Order("a", "")))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("step \"match\" key \"a\"")
        .hasMessageEndingWith("on Order[id=a, goods=]");
  }

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
