package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.KeyView;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.MapState;
import dev.keyling.state.Types;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** What a turn did that throws is undone: SEMANTICS 1.9, trap 2. */
@SemanticsSuite
@Proves("trap 2")
class UndoTest {
  /** Throws behind a change; nothing of it is left, now and after a restart. */
  private static void assertUndone(
      boolean restarting, Consumer<AllStates> before, Consumer<AllStates> change) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    probe.tell("a", before);
    KeyView was = probe.step().view("a");
    for (int i = 0; i < 2; i++) {
      probe.tellAndThrow("a", (states, ctx, out) -> change.accept(states));
      assertThat(probe.step().view("a")).isEqualTo(was);
      assertThat(probe.restarted().step().view("a")).isEqualTo(was);
    }
    probe.tell("a", change);
    KeyView changed = probe.step().view("a");
    assertThat(probe.restarted().step().view("a")).isEqualTo(changed);
  }

  @LiveAndRestarting
  void additionsToEveryKindOfStateAreUndone(boolean restarting) {
    assertUndone(restarting, states -> states.add(1), states -> states.add(2));
  }

  @LiveAndRestarting
  void theFirstAdditionsAreUndone(boolean restarting) {
    assertUndone(restarting, states -> {}, states -> states.add(1));
  }

  @LiveAndRestarting
  void clearingIsUndone(boolean restarting) {
    assertUndone(restarting, states -> states.add(1), AllStates::clear);
  }

  @LiveAndRestarting
  void clearingAndFillingAgainIsUndone(boolean restarting) {
    assertUndone(
        restarting,
        states -> states.add(1),
        states -> {
          states.clear();
          states.add(2);
          states.clear();
          states.add(3);
        });
  }

  @LiveAndRestarting
  void replacingAListIsUndone(boolean restarting) {
    assertUndone(
        restarting,
        states -> {
          for (long i = 0; i < 100; i++) {
            states.list().add(i);
          }
        },
        states -> {
          states.list().update(List.of(9L));
          states.list().add(10L);
        });
  }

  @LiveAndRestarting
  void removingMapEntriesByAnIteratorIsUndone(boolean restarting) {
    assertUndone(
        restarting,
        states -> states.add(1),
        states -> {
          for (Iterator<?> it = states.map().iterator(); it.hasNext(); ) {
            it.next();
            it.remove();
          }
        });
  }

  @LiveAndRestarting
  void puttingBackAMapEntryThatWasRemovedIsUndone(boolean restarting) {
    assertUndone(
        restarting,
        states -> states.map().put("x", 1L),
        states -> {
          states.map().remove("x");
          states.map().put("x", 2L);
        });
  }

  @LiveAndRestarting
  void settingTheValueOfAMapEntryIsUndone(boolean restarting) {
    assertUndone(
        restarting,
        states -> states.map().put("x", null),
        states -> states.map().entries().forEach(entry -> entry.setValue(5L)));
  }

  @LiveAndRestarting
  void aRemovedMapEntryThatWasPutBackIsFoundByLaterTurns(boolean restarting) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    probe.tell("a", states -> states.map().put("x", 1L));
    probe.tellAndThrow(
        "a",
        (states, ctx, out) -> {
          states.map().remove("x");
          states.map().put("x", 2L);
        });
    probe.tell("a", states -> states.map().put("y", 3L));
    MapOf content = probe.ask("a", states -> MapOf.the(states.map()));
    assertThat(content).isEqualTo(new MapOf("x=1 y=3 "));
    assertThat(probe.restarted().<MapOf>ask("a", states -> MapOf.the(states.map())))
        .isEqualTo(content);
  }

  private record MapOf(String entries) {
    static MapOf the(MapState<String, Long> map) {
      StringBuilder entries = new StringBuilder();
      map.forEach(entry -> entries.append(entry).append(' '));
      return new MapOf(entries.toString());
    }
  }

  @LiveAndRestarting
  void timersAreUndone(boolean restarting) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    var step = probe.step();
    probe.act(
        "a",
        (states, ctx, out) -> {
          ctx.timerService().registerEventTimeTimer(10);
          ctx.timerService().registerProcessingTimeTimer(10);
        });
    KeyView was = step.view("a");
    probe.tellAndThrow(
        "a",
        (states, ctx, out) -> {
          ctx.timerService().registerEventTimeTimer(20);
          ctx.timerService().registerProcessingTimeTimer(20);
          ctx.timerService().deleteEventTimeTimer(10);
          ctx.timerService().deleteProcessingTimeTimer(10);
        });
    assertThat(step.view("a")).isEqualTo(was);
    assertThat(step.numEventTimeTimers()).isEqualTo(1);
    assertThat(step.numProcessingTimeTimers()).isEqualTo(1);
  }

  @LiveAndRestarting
  void outputsAreUndone(boolean restarting) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    probe.act("a", (states, ctx, out) -> out.collect("before"));
    probe.tellAndThrow(
        "a",
        (states, ctx, out) -> {
          out.collect("main");
          ctx.output(StateProbe.SIDE, "side");
        });
    assertThat(probe.step().takeOutput()).containsExactly("before");
    assertThat(probe.step().takeSideOutput(StateProbe.SIDE)).isEmpty();
  }

  @LiveAndRestarting
  void allTurnsSinceTheLastCheckpointAreUndoneTogether(boolean restarting) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    probe.tell("a", states -> states.add(1));
    KeyView was = probe.step().view("a");
    StateProbe.Act<AllStates> more =
        (states, ctx, out) -> {
          states.add(2);
          ctx.timerService().registerEventTimeTimer(20);
          out.collect("more");
        };
    StateProbe.Act<AllStates> thrower =
        (states, ctx, out) -> {
          throw new IllegalStateException("thrown last");
        };
    assertThatThrownBy(
            () ->
                probe
                    .step()
                    .rollBack(
                        List.of(
                            new StateProbe.Visit<>("a", more),
                            new StateProbe.Visit<>("b", more),
                            new StateProbe.Visit<>("a", more),
                            new StateProbe.Visit<>("b", thrower))))
        .isInstanceOf(StepFailure.class)
        .hasRootCauseMessage("thrown last");
    assertThat(probe.step().view("a")).isEqualTo(was);
    assertThat(probe.step().view("b").states()).isEmpty();
    assertThat(probe.step().takeOutput()).isEmpty();
    probe.tell("b", states -> states.add(3));
    assertThat(probe.restarted().step().view("b").states()).containsEntry("value", 3L);
    assertThat(probe.step().view("a")).isEqualTo(was);
  }

  @LiveAndRestarting
  void aKeyWhoseFirstTurnThrowsHoldsNothing(boolean restarting) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    probe.tellAndThrow("a", (states, ctx, out) -> states.add(1));
    assertThat(probe.step().view("a").states()).isEmpty();
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  void anErrorIsUndoneToo(boolean restarting) {
    StateProbe<AllStates> probe = StateProbe.of(AllStates::of, restarting);
    probe
        .assertThatThrowsIn(
            "a",
            (states, ctx, out) -> {
              states.add(1);
              throw new StackOverflowError();
            })
        .isInstanceOf(StackOverflowError.class);
    assertThat(probe.step().numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  @Proves({"F1", "error 5", "decision 14"})
  void whatThrewIsNamedByDataflowStepKeyAndElement(boolean restarting) {
    var step =
        StepUnderTest.<String, Long, Long>ofStep(
                n -> "key of " + n,
                Types.STRING,
                keyed ->
                    keyed.map(
                        "halves",
                        ctx ->
                            n -> {
                              throw new java.io.IOException("odd");
                            }))
            .restarting(restarting)
            .run();
    assertThatThrownBy(() -> step.processElement(3L))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("dataflow \"" + step.dataflow() + "\"")
        .hasMessageContaining("step \"halves\"")
        .hasMessageContaining("key \"key of 3\"")
        .hasMessageContaining("odd")
        .hasMessageEndingWith("on 3")
        .hasCauseInstanceOf(java.io.IOException.class);
  }
}
