package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.util.List;
import java.util.function.Consumer;

/** The callback for what expired. */
class ExpiredTest {
  private record Order(String key, Consumer<TtlStates> now) {}

  private boolean throwing;

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

  private KeyedTestHarness<String, Order, String> harness(boolean restarting) {
    var harness = KeyedTestHarness.of(Order::key, Types.STRING, Telling::new);
    harness.restartEveryElement(restarting);
    return harness;
  }

  @LiveAndRestarting
  void theSweepTellsOfEachEntry(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(new Order("a", states -> states.add(1)));
    harness.takeOutput();
    harness.setProcessingTime(99);
    assertThat(harness.takeOutput()).isEmpty();
    harness.setProcessingTime(100);
    assertThat(harness.takeOutput())
        .containsExactlyInAnyOrder(
            "a value=1", "a list=1", "a map[k1]=1", "a reducing=1", "a aggregating=[1]");
    harness.setProcessingTime(1000);
    assertThat(harness.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void anElementThatComesUponItTellsAtTheEndOfItsTurn(boolean restarting) {
    for (Consumer<TtlStates> touch :
        List.<Consumer<TtlStates>>of(
            states -> states.value().value(),
            states -> states.value().update(2L),
            states -> states.value().clear())) {
      var harness = harness(restarting);
      harness.setProcessingTime(5); // swept at 110 at the latest
      harness.processElement(new Order("a", states -> states.value().update(1L)));
      harness.setProcessingTime(106);
      harness.takeOutput();
      harness.processElement(new Order("a", touch));
      assertThat(harness.takeOutput()).containsExactly("a done", "a value=1");
    }
  }

  @LiveAndRestarting
  void whatIsClearedBeforeItExpiresIsNotTold(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(new Order("a", states -> states.add(1)));
    harness.processElement(new Order("a", states -> states.list().clear()));
    harness.processElement(new Order("a", states -> states.map().remove("k1")));
    harness.takeOutput();
    harness.setProcessingTime(100);
    assertThat(harness.takeOutput()).hasSize(3).noneMatch(told -> told.matches("a (list|map).*"));
  }

  @LiveAndRestarting
  void aCallbackThatThrowsUndoesTheSweep(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(new Order("a", states -> states.add(1)));
    throwing = true;
    assertThatThrownBy(() -> harness.setProcessingTime(100))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("no goodbye");
    assertThat(harness.numKeyedStateEntries()).isEqualTo(5);
  }

  @LiveAndRestarting
  void aStepThatSkipsSweepsAllTheSame(boolean restarting) {
    var harness =
        KeyedTestHarness.ofStep(
            Order::key,
            Types.STRING,
            keyed -> {
              var step = keyed.process("step", Telling::new);
              step.deadLetters();
              return step;
            });
    harness.restartEveryElement(restarting);
    harness.processElement(new Order("a", states -> states.add(1)));
    throwing = true;
    harness.setProcessingTime(100);
    assertThat(harness.takeDeadLetters()).hasSize(1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }
}
