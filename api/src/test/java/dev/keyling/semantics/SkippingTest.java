package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.DeadLetter;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.io.IOException;

/** A function that throws, in a step whose dead letters are taken. */
@SemanticsSuite
@Proves("error 5")
class SkippingTest {
  private static final OutputTag<String> SIDE = new OutputTag<>("side");

  private record Payment(String user, long amount) {}

  /** Adds up; throws on what is negative, behind its changes, and at timers. */
  private static final class Strict implements KeyedProcessFunction<String, Payment, Long> {
    private final ReducingState<Long> sum;

    Strict(RuntimeContext ctx) {
      sum = ctx.getReducingState(new ReducingStateDescriptor<>("sum", Long::sum, Types.LONG));
    }

    @Override
    public void processElement(Payment payment, Context<String> ctx, Collector<Long> out)
        throws IOException {
      sum.add(payment.amount());
      ctx.timerService().registerEventTimeTimer(100);
      ctx.output(SIDE, "of " + payment.amount());
      out.collect(sum.get());
      if (payment.amount() < 0) {
        throw new IOException("negative");
      }
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<Long> out) {
      throw new IllegalStateException("at " + time);
    }
  }

  private static StepRun<String, Payment, Long> strict(boolean restarting) {
    return StepUnderTest.<String, Payment, Long>of(Payment::user, Types.STRING, Strict::new)
        .withSideOutputs(SIDE)
        .skipping()
        .restarting(restarting)
        .run();
  }

  @LiveAndRestarting
  void anElementOnWhichItThrowsLeavesNothingButADeadLetter(boolean restarting) {
    var step = strict(restarting);
    step.processElement(new Payment("a", 1));
    step.processElement(new Payment("a", -5));
    step.processElement(new Payment("b", -5));
    step.processElement(new Payment("a", 2));
    assertThat(step.takeOutput()).containsExactly(1L, 3L);
    assertThat(step.takeSideOutput(SIDE)).containsExactly("of 1", "of 2");
    assertThat(step.view("a").states()).containsEntry("sum", 3L);
    assertThat(step.view("b").states()).isEmpty();
    assertThat(step.takeDeadLetters())
        .satisfiesExactly(
            letter -> {
              assertThat(letter.stepId()).isEqualTo("step");
              assertThat(letter.key()).isEqualTo("a");
              assertThat(letter.element()).isEqualTo(new Payment("a", -5));
              assertThat(letter.cause()).isInstanceOf(IOException.class).hasMessage("negative");
            },
            letter -> assertThat(letter.key()).isEqualTo("b"));
    assertThat(step.takeDeadLetters()).isEmpty();
  }

  @LiveAndRestarting
  void aTimerThatThrowsIsADeadLetterWithoutAnElementAndIsGone(boolean restarting) {
    var step = strict(restarting);
    step.processElement(new Payment("a", 1));
    step.processWatermark(100);
    assertThat(step.takeDeadLetters()).singleElement().extracting(DeadLetter::element).isNull();
    assertThat(step.numEventTimeTimers()).isZero();
  }
}
