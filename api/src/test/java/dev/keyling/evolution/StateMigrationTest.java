package dev.keyling.evolution;

import static dev.keyling.evolution.Programs.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.Proves;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.testing.KeyedTestHarness;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** An old image becomes a new one before anything else happens to its key. */
class StateMigrationTest {
  private static final ValueStateDescriptor<Long> CENTS =
      new ValueStateDescriptor<>("total", Types.LONG);
  private static final ValueStateDescriptor<Double> EUROS =
      new ValueStateDescriptor<>("total", Types.DOUBLE);
  private static final ListStateDescriptor<String> WORDS =
      new ListStateDescriptor<>("words", Types.STRING);
  private static final MapStateDescriptor<String, Long> COUNTS =
      new MapStateDescriptor<>("words", Types.STRING, Types.LONG);

  private final AtomicInteger migrations = new AtomicInteger();

  private static byte[] cents(String... keys) {
    var program = Programs.of(ctx -> ctx.getState(CENTS));
    for (String key : keys) {
      tell(program, key, state -> state.update(1_250L));
    }
    return program.snapshot();
  }

  private KeyedTestHarness<String, Programs.Act<ValueState<Double>>, String> euros() {
    return Programs.of(
        ctx -> ctx.getState(EUROS),
        (stored, total) -> {
          migrations.incrementAndGet();
          Long cents = stored.getState(CENTS).value();
          if (cents != null) {
            total.update(cents / 100.0);
          }
        });
  }

  @Test
  void aTypeChangesUnderItsName() {
    var program = euros().restore(cents("a", "b"));
    tell(program, "a", total -> assertThat(total.value()).isEqualTo(12.5));
    tell(program, "a", total -> total.update(13.0));
    assertThat(migrations).hasValue(1);
    assertThat(program.view("b").states()).isEqualTo(Map.of("total", 12.5));
    assertThat(migrations).hasValue(2);
    assertThat(program.numKeyedStateEntries()).isEqualTo(2);
  }

  @Test
  void aMigratedImageIsNotMigratedAgain() {
    var program = euros().restore(cents("a"));
    tell(program, "a", total -> {});
    var restarted = program.restore(program.snapshot());
    tell(restarted, "a", total -> assertThat(total.value()).isEqualTo(12.5));
    assertThat(migrations).hasValue(1);
    var without = Programs.of(ctx -> ctx.getState(EUROS)).restore(program.snapshot());
    tell(without, "a", total -> assertThat(total.value()).isEqualTo(12.5));
  }

  @Test
  void keysWithNothingLeftOverAreNotMigrated() {
    var program = euros().restore(cents("a"));
    tell(program, "new", total -> assertThat(total.value()).isNull());
    assertThat(migrations).hasValue(0);
  }

  @Test
  void aMigrationThatNobodyStoredIsRepeatedWithTheSameResult() {
    byte[] stored = cents("a");
    var lost = euros().restore(stored);
    assertThat(lost.view("a").states()).isEqualTo(Map.of("total", 12.5));
    assertThat(lost.snapshot()).isEqualTo(stored);
    var again = euros().restore(stored);
    assertThat(again.view("a").states()).isEqualTo(Map.of("total", 12.5));
    assertThat(migrations).hasValue(2);
  }

  @Test
  void aTimerOrTheEndOfInputWakesAndMigratesToo() {
    var program = euros().restore(cents("a"));
    program.processWatermark(1_000);
    assertThat(program.takeOutput()).containsExactly("timer of a");
    var stored = euros().restore(program.snapshot());
    assertThat(stored.view("a").states()).isEqualTo(Map.of("total", 12.5));
    assertThat(migrations).hasValue(1);

    var ending = euros().restore(cents("b"));
    ending.endInput();
    assertThat(ending.takeOutput()).containsExactly("timer of b", "end of b");
    assertThat(ending.view("b").states()).isEqualTo(Map.of("total", 12.5));
  }

  @Test
  void aMigrationIsThereEvenIfTheElementThatWokeTheKeyFails() {
    var program = euros().restore(cents("a"));
    assertThatThrownBy(
            () ->
                tell(
                    program,
                    "a",
                    total -> {
                      total.update(0.0);
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(StepFailure.class);
    assertThat(program.view("a").states()).isEqualTo(Map.of("total", 12.5));
    var restarted = euros().restore(program.snapshot());
    tell(restarted, "a", total -> assertThat(total.value()).isEqualTo(12.5));
    assertThat(migrations).hasValue(1);
  }

  @Test
  void aValueBecomesAMap() {
    var list = Programs.of(ctx -> ctx.getListState(WORDS));
    tell(list, "k", words -> words.addAll(List.of("a", "b", "a")));
    var map =
        Programs.<MapState<String, Long>>of(
                ctx -> ctx.getMapState(COUNTS),
                (stored, counts) -> {
                  for (String word : stored.getListState(WORDS).get()) {
                    Long count = counts.get(word);
                    counts.put(word, count == null ? 1 : count + 1);
                  }
                })
            .restore(list.snapshot());
    tell(map, "k", counts -> counts.put("c", 1L));
    assertThat(map.restore(map.snapshot()).view("k").states())
        .isEqualTo(Map.of("words", Map.of("a", 2L, "b", 1L, "c", 1L)));
  }

  private record Two(ValueState<Long> one, ValueState<String> two) {
    static Two of(RuntimeContext ctx) {
      return new Two(
          ctx.getState(new ValueStateDescriptor<>("one", Types.LONG)),
          ctx.getState(new ValueStateDescriptor<>("two", Types.STRING)));
    }
  }

  private static final ValueStateDescriptor<List<String>> BOTH =
      new ValueStateDescriptor<>("both", Types.listOf(Types.STRING));

  @Test
  void oneStateIsSplitIntoTwoAndTwoAreMergedIntoOne() {
    var both = Programs.of(ctx -> ctx.getState(BOTH));
    tell(both, "k", state -> state.update(List.of("7", "seven")));
    var split =
        Programs.<Two>of(
                Two::of,
                (stored, two) -> {
                  List<String> parts = stored.getState(BOTH).value();
                  two.one().update(Long.parseLong(parts.get(0)));
                  two.two().update(parts.get(1));
                })
            .restore(both.snapshot());
    tell(split, "k", two -> {});
    var alone = split.restore(split.snapshot());
    assertThat(alone.view("k").states()).isEqualTo(Map.of("one", 7L, "two", "seven"));
    assertThat(alone.numKeyedStateEntries()).isEqualTo(2);

    var merged =
        Programs.<ValueState<List<String>>>of(
                ctx -> ctx.getState(BOTH),
                (stored, state) -> {
                  Long one = stored.getState(new ValueStateDescriptor<>("one", Types.LONG)).value();
                  String two =
                      stored.getState(new ValueStateDescriptor<>("two", Types.STRING)).value();
                  state.update(List.of(String.valueOf(one), String.valueOf(two)));
                })
            .restore(split.snapshot());
    tell(merged, "k", state -> assertThat(state.value()).containsExactly("7", "seven"));
    assertThat(both.restore(merged.snapshot()).numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void aRenamedStateMovesAndOneThatIsNotAskedForStays() {
    var old = Programs.of(Two::of);
    tell(
        old,
        "k",
        two -> {
          two.one().update(1L);
          two.two().update("kept");
        });
    var sum = new ReducingStateDescriptor<>("sum", Long::sum, Types.LONG);
    var renamed =
        Programs.<ReducingState<Long>>of(
                ctx -> ctx.getReducingState(sum),
                (stored, state) -> {
                  migrations.incrementAndGet();
                  state.add(stored.getState(new ValueStateDescriptor<>("one", Types.LONG)).value());
                })
            .restore(old.snapshot());
    tell(renamed, "k", state -> state.add(2L));
    assertThat(renamed.view("k").states()).isEqualTo(Map.of("sum", 3L));
    assertThat(old.restore(renamed.snapshot()).view("k").states()).isEqualTo(Map.of("two", "kept"));
  }

  /** Knows two earlier programs: of the first the total was text, of the second cents. */
  private static void migrateAny(KeyedStateStore stored, ValueState<Double> total) {
    String text = stored.getState(new ValueStateDescriptor<>("total", Types.STRING)).value();
    Long cents = stored.getState(CENTS).value();
    if (text != null) {
      total.update(Double.parseDouble(text));
    } else if (cents != null) {
      total.update(cents / 100.0);
    }
  }

  @Test
  void severalEarlierProgramsCanBeAskedForInTurn() {
    var text = Programs.of(ctx -> ctx.getState(new ValueStateDescriptor<>("total", Types.STRING)));
    tell(text, "k", state -> state.update("0.5"));
    for (byte[] stored : List.of(text.snapshot(), cents("k"))) {
      var program =
          Programs.<ValueState<Double>>of(
                  ctx -> ctx.getState(EUROS), StateMigrationTest::migrateAny)
              .restore(stored);
      tell(program, "k", total -> assertThat(total.value()).isIn(0.5, 12.5));
    }
  }

  private static void assertRefused(
      byte[] stored, BiConsumer<KeyedStateStore, ValueState<Double>> migration, String... words) {
    var program =
        Programs.<ValueState<Double>>of(ctx -> ctx.getState(EUROS), migration).restore(stored);
    assertThatThrownBy(() -> tell(program, "k", total -> total.update(0.0)))
        .isInstanceOf(StepFailure.class)
        .hasMessageStartingWith("dataflow \"test\" step \"step\" key \"k\": ")
        .hasMessageContainingAll(words);
    assertThat(program.snapshot()).isEqualTo(stored);
  }

  @Test
  @Proves("error 3")
  void whatTheMigrationLeavesIsRefusedAndWhatItThrowsToo() {
    assertRefused(
        cents("k"),
        (stored, total) -> total.update(1.0),
        "the state \"total\" is stored as ValueState<long> and declared as ValueState<double>");
    assertRefused(
        cents("k"),
        (stored, total) -> {
          stored.getState(CENTS).value();
          throw new IllegalArgumentException("too much money");
        },
        "migrateState threw java.lang.IllegalArgumentException: too much money");
  }

  @Test
  void whatWasStoredIsGivenUntilTheCallReturns() {
    AtomicReference<ValueState<Long>> kept = new AtomicReference<>();
    var program =
        Programs.<ValueState<Double>>of(
                ctx -> ctx.getState(EUROS), (stored, total) -> kept.set(stored.getState(CENTS)))
            .restore(cents("k"));
    tell(program, "k", total -> assertThat(total.value()).isNull());
    assertThatThrownBy(() -> kept.get().value()).isInstanceOf(IllegalStateException.class);
    assertThat(program.numKeyedStateEntries()).isZero();
  }

  @Test
  void migratingIsTheSameWhenEveryElementRestarts() {
    var program = euros();
    program.restartEveryElement(true);
    var restored = program.restore(cents("a", "b"));
    tell(restored, "a", total -> total.update(1.0));
    tell(restored, "a", total -> assertThat(total.value()).isEqualTo(1.0));
    tell(restored, "b", total -> assertThat(total.value()).isEqualTo(12.5));
    assertThat(migrations).hasValue(2);
  }
}
