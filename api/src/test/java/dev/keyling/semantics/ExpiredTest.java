package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import java.util.List;
import java.util.function.Consumer;

/** The callback for what expired. */
@SemanticsSuite
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

  private StepRun<String, Order, String> run(boolean restarting) {
    return StepUnderTest.of(Order::key, Types.STRING, Telling::new).restarting(restarting).run();
  }

  @LiveAndRestarting
  void theSweepTellsOfEachEntry(boolean restarting) {
    var run = run(restarting);
    run.processElement(new Order("a", states -> states.add(1)));
    run.takeOutput();
    run.setProcessingTime(99);
    assertThat(run.takeOutput()).isEmpty();
    run.setProcessingTime(100);
    assertThat(run.takeOutput())
        .containsExactlyInAnyOrder(
            "a value=1", "a list=1", "a map[k1]=1", "a reducing=1", "a aggregating=[1]");
    run.setProcessingTime(1000);
    assertThat(run.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void anElementThatComesUponItTellsAtTheEndOfItsTurn(boolean restarting) {
    for (Consumer<TtlStates> touch :
        List.<Consumer<TtlStates>>of(
            states -> states.value().value(),
            states -> states.value().update(2L),
            states -> states.value().clear())) {
      var run = run(restarting);
      run.setProcessingTime(5); // swept at 110 at the latest
      run.processElement(new Order("a", states -> states.value().update(1L)));
      run.setProcessingTime(106);
      run.takeOutput();
      run.processElement(new Order("a", touch));
      assertThat(run.takeOutput()).containsExactly("a done", "a value=1");
    }
  }

  @LiveAndRestarting
  void whatIsClearedBeforeItExpiresIsNotTold(boolean restarting) {
    var run = run(restarting);
    run.processElement(new Order("a", states -> states.add(1)));
    run.processElement(new Order("a", states -> states.list().clear()));
    run.processElement(new Order("a", states -> states.map().remove("k1")));
    run.takeOutput();
    run.setProcessingTime(100);
    assertThat(run.takeOutput()).hasSize(3).noneMatch(told -> told.matches("a (list|map).*"));
  }

  @LiveAndRestarting
  void aSweepWhoseCallbackThrowsIsUndoneAndComesAgain(boolean restarting) {
    var run = run(restarting);
    run.processElement(new Order("a", states -> states.add(1)));
    run.takeOutput();
    throwing = true;
    assertThatThrownBy(() -> run.setProcessingTime(100))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("no goodbye");
    throwing = false;
    run.setProcessingTime(101);
    assertThat(run.takeOutput()).contains("a value=1", "a list=1").hasSize(5);
    assertThat(run.numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  void aStepThatSkipsSweepsAllTheSame(boolean restarting) {
    var run =
        StepUnderTest.of(Order::key, Types.STRING, Telling::new)
            .skipping()
            .restarting(restarting)
            .run();
    run.processElement(new Order("a", states -> states.add(1)));
    throwing = true;
    run.setProcessingTime(100);
    assertThat(run.takeDeadLetters()).hasSize(1);
    assertThat(run.numKeyedStateEntries()).isZero();
  }
}
