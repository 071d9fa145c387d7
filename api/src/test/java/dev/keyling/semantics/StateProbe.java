package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;

/** A step whose elements say what is to be done with its states, each in a turn of its own. */
final class StateProbe<S> {
  private final KeyedTestHarness<String, Visit<S>, String> harness;

  /** An element. */
  record Visit<S>(String key, Act<S> act) {}

  /** What is to be done. */
  interface Act<S> {
    void on(S states, Context<String> ctx, Collector<String> out) throws Exception;
  }

  private StateProbe(KeyedTestHarness<String, Visit<S>, String> harness) {
    this.harness = harness;
  }

  static <S> StateProbe<S> of(Function<RuntimeContext, S> declare, boolean restarting) {
    KeyedTestHarness<String, Visit<S>, String> harness =
        KeyedTestHarness.of(
            (Visit<S> visit) -> visit.key(),
            Types.STRING,
            context -> {
              S states = declare.apply(context);
              return (visit, ctx, out) -> visit.act().on(states, ctx, out);
            });
    harness.restartEveryElement(restarting);
    return new StateProbe<>(harness);
  }

  KeyedTestHarness<String, Visit<S>, String> harness() {
    return harness;
  }

  /** Reads from the states of a key. */
  <R> R ask(String key, Function<? super S, ? extends R> question) {
    List<R> answer = new ArrayList<>();
    tell(key, states -> answer.add(question.apply(states)));
    return answer.get(0);
  }

  /** Does something to the states of a key. */
  void tell(String key, Consumer<? super S> order) {
    harness.processElement(new Visit<>(key, (states, ctx, out) -> order.accept(states)));
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
    return assertThatThrownBy(() -> harness.processElement(new Visit<>(key, order)))
        .isInstanceOf(StepFailure.class)
        .cause();
  }

  /** Returns a probe on the same memory, with fresh functions. */
  StateProbe<S> restarted() {
    return new StateProbe<>(harness.restore(harness.snapshot()));
  }

  /** Returns this probe on other memory. */
  StateProbe<S> restored(byte[] snapshot) {
    return new StateProbe<>(harness.restore(snapshot));
  }
}
