package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;

/** A step whose elements say what is to be done with its states, each in a turn of its own. */
final class StateProbe<S> {
  /** The side output that a probe's acts may emit on. */
  static final OutputTag<String> SIDE = new OutputTag<>("side");

  private final StepRun<String, Visit<S>, String> step;

  /** An element. */
  record Visit<S>(String key, Act<S> act) {}

  /** What is to be done. */
  interface Act<S> {
    void on(S states, Context<String> ctx, Collector<String> out) throws Exception;
  }

  private StateProbe(StepRun<String, Visit<S>, String> step) {
    this.step = step;
  }

  private static <S> StepUnderTest<String, Visit<S>, String> visited(
      Function<RuntimeContext, S> declare, boolean restarting) {
    return StepUnderTest.<String, Visit<S>, String>of(
            visit -> visit.key(),
            Types.STRING,
            context -> {
              S states = declare.apply(context);
              return (visit, ctx, out) -> visit.act().on(states, ctx, out);
            })
        .withSideOutputs(SIDE)
        .restarting(restarting);
  }

  static <S> StateProbe<S> of(Function<RuntimeContext, S> declare, boolean restarting) {
    return new StateProbe<>(visited(declare, restarting).run());
  }

  StepRun<String, Visit<S>, String> step() {
    return step;
  }

  /** Reads from the states of a key. */
  <R> R ask(String key, Function<? super S, ? extends R> question) {
    List<R> answer = new ArrayList<>();
    tell(key, states -> answer.add(question.apply(states)));
    return answer.get(0);
  }

  /** Does something to the states of a key. */
  void tell(String key, Consumer<? super S> order) {
    act(key, (states, ctx, out) -> order.accept(states));
  }

  void act(String key, Act<S> act) {
    step.processElement(new Visit<>(key, act));
  }

  /** Does something to the states of a key, and then throws. */
  void tellAndThrow(String key, Act<? super S> order) {
    assertThatThrowsIn(
            key,
            (states, ctx, out) -> {
              order.on(states, ctx, out);
              throw new IllegalStateException("thrown at the end");
            })
        .hasMessage("thrown at the end");
  }

  /** Asserts that a turn throws, and returns what it threw. */
  AbstractThrowableAssert<?, ? extends Throwable> assertThatThrowsIn(String key, Act<S> order) {
    return assertThatThrownBy(() -> act(key, order)).isInstanceOf(StepFailure.class).cause();
  }

  /** Returns this probe, restarted: fresh functions, the same memory. */
  StateProbe<S> restarted() {
    step.restart();
    return this;
  }

  /** Returns a probe with other functions on the memory of this one, which is over. */
  <R> StateProbe<R> restartedAs(Function<RuntimeContext, R> declare, boolean restarting) {
    return new StateProbe<>(step.restartAs(visited(declare, restarting)));
  }
}
