package dev.keyling.evolution;

import static dev.keyling.evolution.Programs.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.Proves;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.state.ValueStateDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is stored and cannot be read as declared is refused before anything happens to the key. */
class MisfitTest {
  /** A type and one of its values. */
  private record Sample<T>(TypeInformation<T> type, T value) {
    ValueStateDescriptor<T> state() {
      return new ValueStateDescriptor<>("n", type);
    }

    byte[] stored() {
      var program = Programs.of(ctx -> ctx.getState(state()));
      tell(program, "k", state -> state.update(value));
      return program.snapshot();
    }

    byte[] storedInAList() {
      var program = Programs.of(ctx -> ctx.getListState(new ListStateDescriptor<>("n", type)));
      tell(program, "k", state -> state.add(value));
      return program.snapshot();
    }

    byte[] storedAsAMapKey() {
      var program =
          Programs.of(ctx -> ctx.getMapState(new MapStateDescriptor<>("n", type, Types.LONG)));
      tell(program, "k", state -> state.put(value, 1L));
      return program.snapshot();
    }
  }

  private static final List<Sample<?>> SAMPLES =
      List.of(
          new Sample<>(Types.STRING, "12345678"),
          new Sample<>(Types.LONG, 7L),
          new Sample<>(Types.INT, 7),
          new Sample<>(Types.DOUBLE, 1.5),
          new Sample<>(Types.BOOLEAN, true),
          new Sample<>(Types.BYTES, new byte[16]),
          new Sample<>(Types.INSTANT, Instant.EPOCH),
          new Sample<>(Types.DURATION, Duration.ZERO),
          new Sample<>(Types.UUID, new UUID(1, 2)),
          new Sample<>(Types.of(ChronoUnit.class), ChronoUnit.DAYS),
          new Sample<>(Types.listOf(Types.LONG), List.of(1L)),
          new Sample<>(Types.listOf(Types.STRING), List.of("12345678")),
          new Sample<>(Types.listOf(Types.DOUBLE), List.of(1.5)),
          new Sample<>(Types.mapOf(Types.STRING, Types.LONG), Map.of("12345678", 1L)),
          new Sample<>(Types.mapOf(Types.DOUBLE, Types.LONG), Map.of(1.5, 1L)));

  private static boolean widens(Sample<?> from, Sample<?> to) {
    return from.type().equals(Types.INT) && to.type().equals(Types.LONG);
  }

  private static <S> void assertRefused(
      byte[] snapshot, Function<RuntimeContext, S> states, String... words) {
    var program = Programs.of(states);
    var restored = program.restore(snapshot);
    assertThatThrownBy(() -> tell(restored, "k", state -> {}))
        .isInstanceOf(StepFailure.class)
        .hasMessageStartingWith(
            "dataflow \"test\" step \"step\" key \"k\": the state \"n\" is stored as ")
        .hasMessageContainingAll(words)
        .hasMessageContaining("Nothing was changed");
    assertThat(restored.snapshot()).isEqualTo(snapshot);
  }

  private static <T> String word(Sample<T> sample) {
    return sample.type().equals(Types.of(ChronoUnit.class))
        ? "enum constant DAYS"
        : sample.type().describe();
  }

  @Test
  @Proves({"error 3", "decision 14"})
  void everyTypeIsRefusedAsEveryOther() {
    int refused = 0;
    for (Sample<?> was : SAMPLES) {
      for (Sample<?> is : SAMPLES) {
        if (was != is && !widens(was, is)) {
          assertRefused(
              was.stored(),
              ctx -> ctx.getState(is.state()),
              "ValueState<" + word(was) + "> and declared as ValueState<" + is.type().describe());
          assertRefused(
              was.storedInAList(),
              ctx -> ctx.getListState(new ListStateDescriptor<>("n", is.type())),
              "ListState<" + word(was) + "> and declared as ListState<" + is.type().describe());
          assertRefused(
              was.storedAsAMapKey(),
              ctx -> ctx.getMapState(new MapStateDescriptor<>("n", is.type(), Types.LONG)),
              ", long> and declared as MapState<" + is.type().describe() + ", long>");
          refused++;
        }
      }
    }
    assertThat(refused).isEqualTo(15 * 14 - 1);
  }

  private enum Old {
    RED,
    GREEN
  }

  private enum New {
    GREEN
  }

  @Test
  @Proves("error 3")
  void anEnumConstantInAListThatIsGoneIsRefusedByItsName() {
    var old =
        Programs.of(ctx -> ctx.getListState(new ListStateDescriptor<>("n", Types.of(Old.class))));
    tell(old, "k", state -> state.addAll(List.of(Old.GREEN, Old.RED)));
    assertRefused(
        old.snapshot(),
        ctx -> ctx.getListState(new ListStateDescriptor<>("n", Types.of(New.class))),
        "ListState<enum constant RED>",
        "has no constant \"RED\", only [GREEN]");
  }

  @Test
  @Proves("error 3")
  void aViewOfAMisfitIsRefusedToo() {
    var changed =
        Programs.of(ctx -> ctx.getState(new ValueStateDescriptor<>("n", Types.STRING)))
            .restore(new Sample<>(Types.LONG, 5L).stored());
    assertThatThrownBy(() -> changed.view("k"))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("the state \"n\" is stored as ValueState<long>");
  }

  @Test
  @Proves("decision 8")
  void aMutableValueThatWasDecodedToTryItIsGivenAwayOnce() {
    var lists =
        Programs.of(
            ctx ->
                ctx.getListState(
                    new ListStateDescriptor<>("n", Types.listOf(Types.of(ChronoUnit.class)))));
    tell(lists, "k", state -> state.add(List.of(ChronoUnit.DAYS)));
    var restored = lists.restore(lists.snapshot());
    tell(
        restored,
        "k",
        state -> {
          state.get().iterator().next().add(ChronoUnit.WEEKS);
          assertThat(state.get()).containsExactly(new ArrayList<>(List.of(ChronoUnit.DAYS)));
        });
  }
}
