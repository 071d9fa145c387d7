package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.KeyView;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.State;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/** SEMANTICS K10, D1, 1.8, and trap 6 of 1.9. */
@SemanticsSuite
class DeclaringStatesTest {
  private static final ValueStateDescriptor<Long> LAST =
      new ValueStateDescriptor<>("last", Types.LONG);

  @LiveAndRestarting
  @Proves("K10")
  void askingAgainForANameGivesTheSameState(boolean restarting) {
    StateProbe<List<ValueState<Long>>> probe =
        StateProbe.of(
            ctx ->
                List.of(
                    ctx.getState(LAST),
                    ctx.getState(new ValueStateDescriptor<>("last", Long.class))),
            restarting);
    probe.tell("a", both -> both.get(0).update(5L));
    assertThat(probe.<Long>ask("a", both -> both.get(1).value())).isEqualTo(5L);
    probe.tell("a", both -> assertThat(both.get(0)).isSameAs(both.get(1)));
  }

  /** A harness throws what a function's factory threw, a running system wraps it. */
  private static Condition<Throwable> causedBy(Class<? extends Throwable> type) {
    return new Condition<>(
        thrown -> {
          Throwable cause = thrown;
          while (cause.getCause() != null) {
            cause = cause.getCause();
          }
          return type.isInstance(cause);
        },
        "caused by %s",
        type);
  }

  private static void assertRefused(Function<RuntimeContext, State> second, String kind) {
    StateProbe<State> probe =
        StateProbe.of(
            ctx -> {
              ctx.getState(LAST);
              return second.apply(ctx);
            },
            false);
    assertThatThrownBy(() -> probe.tell("a", state -> {}))
        .is(causedBy(IllegalArgumentException.class))
        .hasMessageContaining("dataflow \"" + probe.step().dataflow() + "\"")
        .hasMessageContaining("step \"step\"")
        .hasMessageContaining("\"last\"")
        .hasMessageContaining("ValueState<long>")
        .hasMessageContaining(kind);
  }

  @Test
  @Proves({"K10", "error 1", "decision 14"})
  void theSameNameWithAnotherTypeIsRefused() {
    assertRefused(
        ctx -> ctx.getState(new ValueStateDescriptor<>("last", Types.STRING)),
        "ValueState<string>");
  }

  @Test
  @Proves({"K10", "error 1"})
  void theSameNameWithAnotherKindIsRefused() {
    assertRefused(
        ctx -> ctx.getListState(new ListStateDescriptor<>("last", Types.LONG)), "ListState<long>");
    assertRefused(
        ctx -> ctx.getReducingState(new ReducingStateDescriptor<>("last", Long::sum, Types.LONG)),
        "ReducingState<long>");
  }

  @Test
  @Proves("D1")
  void descriptorsAreEqualWhenKindAndNameAre() {
    var strings = new ValueStateDescriptor<>("last", Types.STRING);
    assertThat(strings).isEqualTo(LAST).hasSameHashCodeAs(LAST);
    assertThat(new ValueStateDescriptor<>("first", Types.LONG)).isNotEqualTo(LAST);
    assertThat(new ListStateDescriptor<>("last", Types.LONG)).isNotEqualTo(LAST);
  }

  @Test
  @Proves({"D1", "error 1"})
  void aStateNeedsAName() {
    assertThatThrownBy(() -> new ValueStateDescriptor<>("", Types.LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ValueStateDescriptor<>(null, Types.LONG))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  @Proves({"D1", "D4"})
  void aDescriptorTakesAClassForItsType() {
    assertThat(new MapStateDescriptor<>("m", String.class, Long.class).describe())
        .isEqualTo(new MapStateDescriptor<>("m", Types.STRING, Types.LONG).describe());
  }

  @LiveAndRestarting
  void statesOfManyNamesLieBesideEachOther(boolean restarting) {
    StateProbe<List<ValueState<Long>>> probe =
        StateProbe.of(
            ctx ->
                List.of(
                    ctx.getState(new ValueStateDescriptor<>("a", Types.LONG)),
                    ctx.getState(new ValueStateDescriptor<>("ab", Types.LONG))),
            restarting);
    probe.tell("k", both -> both.get(0).update(1L));
    probe.tell("k", both -> both.get(1).update(2L));
    probe.tell("k", both -> both.get(0).clear());
    assertThat(probe.step().view("k").states()).isEqualTo(Map.of("ab", 2L));
  }

  /** Everything that can be done to states. */
  private static List<Consumer<AllStates>> accesses() {
    return List.of(
        states -> states.value().value(),
        states -> states.value().update(1L),
        states -> states.value().clear(),
        states -> states.list().get(),
        states -> states.list().add(1L),
        states -> states.list().addAll(List.of(1L)),
        states -> states.list().update(List.of()),
        states -> states.list().clear(),
        states -> states.map().get("x"),
        states -> states.map().put("x", 1L),
        states -> states.map().putAll(Map.of("x", 1L)),
        states -> states.map().remove("x"),
        states -> states.map().contains("x"),
        states -> states.map().isEmpty(),
        states -> states.map().keys(),
        states -> states.map().values(),
        states -> states.map().entries(),
        states -> states.map().forEach(entry -> {}),
        states -> states.map().clear(),
        states -> states.reducing().get(),
        states -> states.reducing().add(1L),
        states -> states.reducing().clear(),
        states -> states.aggregating().get(),
        states -> states.aggregating().add(1L),
        states -> states.aggregating().clear());
  }

  private static void assertRefusedOutside(Runnable access) {
    assertThatThrownBy(access::run)
        .is(causedBy(IllegalStateException.class))
        .hasMessageContaining("step \"step\"")
        .hasMessageContaining("only while an element or timer of their key is handled");
  }

  @LiveAndRestarting
  @Proves("error 2")
  void statesAreRefusedOutsideOfTheirKeysTurns(boolean restarting) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    probe.tell("a", states -> states.add(1));
    AtomicReference<AllStates> kept = new AtomicReference<>();
    probe.tell("a", kept::set);
    for (Consumer<AllStates> access : accesses()) {
      assertRefusedOutside(() -> access.accept(kept.get()));
      probe.tell("b", states -> assertRefusedOutside(() -> access.accept(kept.get())));
    }
    assertThat(probe.<Long>ask("a", states -> states.value().value())).isEqualTo(1L);
  }

  @Test
  @Proves("error 2")
  void statesAreRefusedWhileTheFunctionIsMade() {
    for (Consumer<AllStates> access : accesses()) {
      StateProbe<AllStates> probe =
          StateProbe.of(
              ctx -> {
                AllStates states = AllStates.of(ctx);
                access.accept(states);
                return states;
              },
              false);
      assertRefusedOutside(() -> probe.tell("a", states -> {}));
    }
  }

  @LiveAndRestarting
  @Proves("error 2")
  void aKeptIteratorCannotChangeAnything(boolean restarting) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    probe.tell("a", states -> states.add(1));
    Iterator<Map.Entry<String, Long>> kept = probe.ask("a", states -> states.map().iterator());
    assertRefusedOutside(
        () -> {
          kept.next();
          kept.remove();
        });
  }

  @LiveAndRestarting
  @Proves("trap 6")
  void aStateThatIsNoLongerDeclaredSurvives(boolean restarting) {
    StateProbe<AllStates> before = StateProbe.of(AllStates::of, restarting);
    before.tell("a", states -> states.add(1));
    before.tell("b", states -> states.add(2));
    KeyView a = before.step().view("a");
    KeyView b = before.step().view("b");

    StateProbe<ValueState<Long>> without =
        before.restartedAs(
            ctx -> ctx.getState(new ValueStateDescriptor<>("other", Types.LONG)), restarting);
    without.tell("a", state -> state.update(5L));
    assertThat(without.step().view("a").states()).isEqualTo(Map.of("other", 5L));
    without.tell("a", ValueState::clear);
    without.restarted();

    StateProbe<AllStates> after = without.restartedAs(AllStates::of, restarting);
    assertThat(after.step().view("a")).isEqualTo(a);
    assertThat(after.step().view("b")).isEqualTo(b);
    after.tell("b", states -> assertThat(states.value().value()).isEqualTo(2L));
  }

  @LiveAndRestarting
  void aStateMayBeDeclaredDuringATurn(boolean restarting) {
    StateProbe<RuntimeContext> probe = StateProbe.of(ctx -> ctx, restarting);
    probe.tell("a", ctx -> ctx.getState(LAST).update(3L));
    assertThat(probe.<Long>ask("a", ctx -> ctx.getState(LAST).value())).isEqualTo(3L);
  }
}
