package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.KeyView;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyedTestHarnessTest {
  private record Payment(String user, long amount) {}

  /** The function of the first page: compares a payment with the one before. */
  private static final class FraudAlert implements KeyedProcessFunction<String, Payment, String> {
    private final ValueState<Long> previous;

    FraudAlert(RuntimeContext ctx) {
      previous = ctx.getState(new ValueStateDescriptor<>("previous", Types.LONG));
    }

    @Override
    public void processElement(Payment payment, Context<String> ctx, Collector<String> out) {
      Long before = previous.value();
      if (before != null && payment.amount() - before >= 10_000) {
        out.collect(ctx.getCurrentKey() + " " + before + " -> " + payment.amount());
      }
      previous.update(payment.amount());
    }
  }

  /** Counts in a plain field, which is wrong. */
  private static final class Forgetful implements KeyedProcessFunction<String, String, Integer> {
    private int count;

    @Override
    public void processElement(String value, Context<String> ctx, Collector<Integer> out) {
      out.collect(++count);
    }
  }

  @Test
  void runsAFunctionForManyKeys() {
    var harness = KeyedTestHarness.of(Payment::user, Types.STRING, FraudAlert::new);
    harness.processElement(new Payment("ann", 5));
    harness.processElement(new Payment("bob", 20_000));
    harness.processElement(new Payment("ann", 10_005));
    assertThat(harness.takeOutput()).containsExactly("ann 5 -> 10005");
    assertThat(harness.takeOutput()).isEmpty();
  }

  @Test
  void runsAnyKeyedStepWithStatelessOnesBeforeAndBehindIt() {
    KeyedTestHarness<String, Payment, String> harness =
        KeyedTestHarness.ofStep(
            Payment::user,
            Types.STRING,
            payments ->
                payments
                    .filter(payment -> payment.amount() > 0)
                    .map(Payment::amount)
                    .reduce("total", Types.LONG, Long::sum)
                    .entries()
                    .map(total -> total.getKey() + total.getValue()));
    harness.processElement(new Payment("a", 1), 10);
    harness.processElement(new Payment("a", -5), 20);
    harness.processElement(new Payment("a", 2), 30);
    assertThat(harness.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>("a1", 10L), new TimestampedValue<>("a3", 30L));
  }

  @Test
  void runsSeveralKeyedStepsOneBehindTheOther() {
    KeyedTestHarness<String, Payment, Long> harness =
        KeyedTestHarness.ofStep(
            Payment::user,
            Types.STRING,
            payments ->
                payments
                    .map(Payment::amount)
                    .reduce("total", Types.LONG, Long::sum)
                    .keyBy(total -> total % 2 == 0 ? "even" : "odd", Types.STRING)
                    .reduce("greatest", Types.LONG, Math::max));
    harness.processElement(new Payment("a", 3));
    harness.processElement(new Payment("b", 5));
    harness.processElement(new Payment("a", 1));
    harness.processElement(new Payment("c", 1));
    assertThat(harness.takeOutput()).containsExactly(3L, 5L, 4L, 5L);
    assertThat(harness.view("odd").states()).isEqualTo(Map.of("reduced", 5L));
    assertThat(harness.numKeyedStateEntries()).isEqualTo(5);
    assertThat(harness.restore(harness.snapshot()).numKeyedStateEntries()).isEqualTo(5);
  }

  @Test
  void aRestartAfterEveryElementFindsStateInPlainFields() {
    KeyedTestHarness<String, String, Integer> harness =
        KeyedTestHarness.of(element -> element, Types.STRING, ctx -> new Forgetful());
    harness.processElement("a");
    harness.processElement("a");
    assertThat(harness.takeOutput()).containsExactly(1, 2);
    harness.restartEveryElement(true);
    harness.processElement("a");
    harness.processElement("a");
    assertThat(harness.takeOutput()).containsExactly(3, 1);
    var restored = harness.restore(harness.snapshot());
    restored.processElement("a");
    restored.processElement("a");
    assertThat(restored.takeOutput()).containsExactly(1, 1);
  }

  @Test
  void showsWhatAKeyHolds() {
    var harness =
        KeyedTestHarness.<String, String, String>of(
            element -> element,
            Types.STRING,
            ctx -> {
              ValueState<String> state =
                  ctx.getState(new ValueStateDescriptor<>("last", Types.STRING));
              return (element, context, out) -> {
                state.update(element + "!");
                context.timerService().registerEventTimeTimer(5);
                context.timerService().registerProcessingTimeTimer(6);
              };
            });
    harness.processElement("a");
    assertThat(harness.view("a"))
        .isEqualTo(
            new KeyView(
                "test",
                "step",
                "a",
                Map.of("last", "a!"),
                Map.of(),
                List.of(
                    new KeyView.Timer(TimeDomain.EVENT_TIME, 5),
                    new KeyView.Timer(TimeDomain.PROCESSING_TIME, 6)),
                List.of()));
    assertThat(harness.view("b").states()).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
  }

  @Test
  void timeDoesNotGoBack() {
    var harness =
        KeyedTestHarness.ofStep(
            Payment::user,
            Types.STRING,
            payments -> payments.map(Payment::amount).reduce("last", Types.LONG, (a, b) -> b));
    harness.setProcessingTime(5);
    harness.setProcessingTime(5);
    assertThatThrownBy(() -> harness.setProcessingTime(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the clock is at 5 and does not go back to 4");
    assertThatThrownBy(() -> harness.advanceProcessingTime(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
