package dev.keyling.properties;

import dev.keyling.state.StateTtlConfig.StateVisibility;
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.state.StateTtlConfig.UpdateType;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Random programs of state operations, timers, times to live, failing turns, restarts and rollbacks
 * against a plain model. After every turn the harness compares what is stored by deltas alone with
 * what the live key holds.
 */
class RandomProgramsTest {

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void statesAndTimersAreWhatTheModelSays(
      @ForAll("setups") Setup setup,
      @ForAll boolean restarting,
      @ForAll("steps") List<Step> steps) {
    new Program(setup, restarting).run(steps);
  }

  @Property(tries = 1_000_000, edgeCases = EdgeCasesMode.NONE)
  @Tag("stress")
  void statesAndTimersAreWhatTheModelSaysAMillionTimes(
      @ForAll("setups") Setup setup,
      @ForAll boolean restarting,
      @ForAll("steps") List<Step> steps) {
    new Program(setup, restarting).run(steps);
  }

  @Provide
  Arbitrary<Setup> setups() {
    return Combinators.combine(
            Arbitraries.of(0L, 1L, 7L, 30L),
            Arbitraries.of(UpdateType.class),
            Arbitraries.of(StateVisibility.class),
            Arbitraries.of(TtlTimeCharacteristic.class))
        .as(Setup::new);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Op> op =
        Combinators.combine(Arbitraries.of(Op.Kind.class), Arbitraries.longs().between(0, 40))
            .as(Op::new);
    Arbitrary<Step> element =
        Combinators.combine(
                Arbitraries.of("a", "b"),
                Arbitraries.longs().between(-10, 60),
                op.list().ofMinSize(1).ofMaxSize(6),
                Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)))
            .as(Step.Element::new);
    Arbitrary<Long> by = Arbitraries.longs().between(1, 12);
    return Arbitraries.frequencyOf(
            Tuple.of(10, element),
            Tuple.of(3, by.<Step>map(Step.Clock::new)),
            Tuple.of(2, by.<Step>map(Step.Watermark::new)),
            Tuple.of(1, Arbitraries.<Step>just(new Step.Restart())),
            Tuple.of(1, Arbitraries.<Step>just(new Step.Checkpoint())),
            Tuple.of(1, Arbitraries.<Step>just(new Step.Rollback())))
        .list()
        .ofMaxSize(25);
  }
}
