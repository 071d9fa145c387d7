package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.DeadLetter;
import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.Types;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link KeyedTestHarness} does about functions that throw. */
class FailureTest {
  private record Payment(String user, long amount) {}

  /** Fails at its first timer. */
  private static final class Failing implements KeyedProcessFunction<String, String, String> {
    @Override
    public void processElement(String value, Context<String> ctx, Collector<String> out) {
      ctx.timerService().registerEventTimeTimer(5);
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      throw new IllegalStateException("at " + time);
    }
  }

  @Test
  void skipsWhatThrowsWhenTheDeadLettersAreTaken() {
    OutputTag<String> side = new OutputTag<>("side");
    KeyedTestHarness<String, Payment, Long> harness =
        KeyedTestHarness.ofStep(
            Payment::user,
            Types.STRING,
            payments -> {
              KeyedStep<String, Long> positive =
                  payments.process(
                      "positive",
                      ctx ->
                          (payment, context, out) -> {
                            context.output(side, "of " + payment.amount());
                            if (payment.amount() < 0) {
                              throw new IOException("negative");
                            }
                            out.collect(payment.amount());
                          });
              positive.deadLetters();
              return positive;
            });
    harness.processElement(new Payment("a", 1));
    harness.processElement(new Payment("a", -1));
    harness.processElement(new Payment("a", 2));
    assertThat(harness.takeOutput()).containsExactly(1L, 2L);
    assertThat(harness.takeSideOutput(side)).containsExactly("of 1", "of 2");
    List<DeadLetter> letters = harness.takeDeadLetters();
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).stepId()).isEqualTo("positive");
    assertThat(letters.get(0).key()).isEqualTo("a");
    assertThat(letters.get(0).element()).isEqualTo(new Payment("a", -1));
    assertThat(letters.get(0).cause()).isInstanceOf(IOException.class).hasMessage("negative");
    assertThat(harness.takeDeadLetters()).isEmpty();
  }

  @Test
  void aSkippedTimerIsADeadLetterWithoutAnElementAndIsGone() {
    KeyedTestHarness<String, String, String> harness =
        KeyedTestHarness.ofStep(
            element -> element,
            Types.STRING,
            keyed -> {
              KeyedStep<String, String> failing = keyed.process("failing", ctx -> new Failing());
              failing.deadLetters();
              return failing;
            });
    harness.processElement("a");
    harness.processWatermark(5);
    assertThat(harness.takeDeadLetters()).singleElement().extracting("element").isNull();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void goesOnAfterAFailure() {
    KeyedTestHarness<String, Payment, Long> harness =
        KeyedTestHarness.ofStep(
            Payment::user,
            Types.STRING,
            payments ->
                payments
                    .map(Payment::amount)
                    .reduce(
                        "total",
                        Types.LONG,
                        (a, b) -> {
                          if (b < 0) {
                            throw new IOException("negative");
                          }
                          return a + b;
                        }));
    harness.processElement(new Payment("a", 1));
    assertThatThrownBy(() -> harness.processElement(new Payment("a", -1)))
        .isInstanceOf(StepFailure.class)
        .hasRootCauseInstanceOf(IOException.class);
    harness.processElement(new Payment("a", 2));
    assertThat(harness.takeOutput()).containsExactly(1L, 3L);
  }

  @Test
  void whatAStatelessFunctionThrowsIsAFailureToo() {
    KeyedTestHarness<String, String, String> harness =
        KeyedTestHarness.ofStep(
            element -> element,
            Types.STRING,
            keyed ->
                keyed.<String>map(
                    element -> {
                      throw new IOException("no " + element);
                    }));
    assertThatThrownBy(() -> harness.processElement("a"))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("dataflow \"test\"")
        .hasRootCauseMessage("no a");
  }

  @Test
  void refusesANullKeyNamingTheStep() {
    KeyedTestHarness<String, String, String> harness =
        KeyedTestHarness.of(element -> null, Types.STRING, ctx -> (e, context, out) -> {});
    assertThatThrownBy(() -> harness.processElement("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step \"step\"");
  }
}
