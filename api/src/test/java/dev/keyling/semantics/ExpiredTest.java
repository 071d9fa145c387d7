package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import java.util.List;
import java.util.function.Consumer;

/** The callback for what expired. */
@SemanticsSuite
@Proves("T15")
class ExpiredTest {
  private record Order(String key, Consumer<TtlStates> now) {}

  private volatile boolean throwing;

  private final class Telling implements KeyedProcessFunction<String, Order, String> {
    private final TtlStates states;

    Telling(RuntimeContext ctx) {
      states = TtlStates.of(ctx, StateTtlConfig.newBuilder(100).build());
    }

    @Override
    public void processElement(Order order, Context<String> ctx, Collector<String> out) {
      order.now().accept(states);
      out.collect(ctx.getCurrentKey() + " done");
    }

    @Override
    public void onExpired(ExpiredEntry expired, Context<String> ctx, Collector<String> out) {
      if (throwing) {
        throw new IllegalStateException("no goodbye");
      }
      String entry = expired.key() == null ? "" : "[" + expired.key() + "]";
      out.collect(ctx.getCurrentKey() + " " + expired.state() + entry + "=" + expired.value());
    }
  }

  private StepUnderTest<String, Order, String> telling() {
    return StepUnderTest.of(Order::key, Types.STRING, Telling::new);
  }

  @LiveAndRestarting
  void theSweepTellsOfEachEntry(boolean restarting) {
    var step = telling().restarting(restarting).run();
    step.processElement(new Order("a", states -> states.add(1)));
    step.takeOutput();
    step.setProcessingTime(99);
    assertThat(step.takeOutput()).isEmpty();
    step.setProcessingTime(100);
    assertThat(step.takeOutput())
        .containsExactlyInAnyOrder(
            "a value=1", "a list=1", "a map[k1]=1", "a reducing=1", "a aggregating=[1]");
    step.setProcessingTime(1000);
    assertThat(step.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void anElementThatComesUponItTellsAtTheEndOfItsTurn(boolean restarting) {
    for (Consumer<TtlStates> touch :
        List.<Consumer<TtlStates>>of(
            states -> states.value().value(),
            states -> states.value().update(2L),
            states -> states.value().clear())) {
      var step = telling().restarting(restarting).run();
      step.setProcessingTime(5); // swept at 110 at the latest
      step.processElement(new Order("a", states -> states.value().update(1L)));
      step.setProcessingTime(106);
      step.takeOutput();
      step.processElement(new Order("a", touch));
      assertThat(step.takeOutput()).containsExactly("a done", "a value=1");
    }
  }

  @LiveAndRestarting
  void whatIsClearedBeforeItExpiresIsNotTold(boolean restarting) {
    var step = telling().restarting(restarting).run();
    step.processElement(new Order("a", states -> states.add(1)));
    step.processElement(new Order("a", states -> states.list().clear()));
    step.processElement(new Order("a", states -> states.map().remove("k1")));
    step.takeOutput();
    step.setProcessingTime(100);
    assertThat(step.takeOutput()).hasSize(3).noneMatch(told -> told.matches("a (list|map).*"));
  }

  @LiveAndRestarting
  void aCallbackThatThrowsUndoesTheSweep(boolean restarting) {
    var step = telling().restarting(restarting).run();
    step.processElement(new Order("a", states -> states.add(1)));
    throwing = true;
    assertThatThrownBy(() -> step.setProcessingTime(100))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("no goodbye");
    assertThat(step.numKeyedStateEntries()).isEqualTo(5);
  }

  @LiveAndRestarting
  void aStepThatSkipsSweepsAllTheSame(boolean restarting) {
    var step = telling().skipping().restarting(restarting).run();
    step.processElement(new Order("a", states -> states.add(1)));
    throwing = true;
    step.setProcessingTime(100);
    assertThat(step.takeDeadLetters()).hasSize(1);
    assertThat(step.numKeyedStateEntries()).isZero();
  }
}
