package dev.keyling.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.DeadLetter;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.Proves;
import dev.keyling.semantics.world.HandClock;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y6: elements of a key that came together are one turn, if its function wants that. */
@Proves("Y6")
class TogetherTest {
  private final Outputs out = new Outputs();

  /** Adds up each lot; throws on one with something negative, behind its changes. */
  private static final class Lots implements KeyedProcessFunction<String, Integer, String> {
    private final ReducingState<Integer> sum;

    Lots(RuntimeContext ctx) {
      sum = ctx.getReducingState(new ReducingStateDescriptor<>("sum", Integer::sum, Types.INT));
    }

    @Override
    public void processElement(Integer value, Context<String> ctx, Collector<String> collector) {
      throw new AssertionError("all elements come together");
    }

    @Override
    public void processElements(
        List<Integer> values, Context<String> ctx, Collector<String> collector) {
      values.forEach(sum::add);
      collector.collect(values + " at " + ctx.timestamp() + " makes " + sum.get());
      if (values.stream().anyMatch(value -> value < 0)) {
        throw new IllegalStateException("negative");
      }
    }
  }

  private static KeyCell<String, Integer, String> cell(
      boolean skips,
      Function<RuntimeContext, KeyedProcessFunction<String, Integer, String>> factory) {
    KeyCodec<String> keys = KeyCodec.of(Types.STRING, "here");
    KeyCell<String, Integer, String> cell =
        new KeyCell<>(
            new StepDefinition<>("flow", "step", keys, 1, factory, List.of(), skips),
            "a",
            0,
            1,
            new HandClock(),
            Image.EMPTY);
    cell.at(1, Long.MIN_VALUE);
    return cell;
  }

  private List<Object> outputs() {
    List<Object> outputs = new ArrayList<>();
    for (int i = 0; i < out.size(); i++) {
      outputs.add(out.value(i) + " @" + out.timestamp(i));
    }
    return outputs;
  }

  @Test
  void theyComeInOneCallWithTheTimestampOfTheLast() {
    KeyCell<String, Integer, String> cell = cell(false, Lots::new);
    cell.elements(List.of(1, 2), 7, 5, out);
    cell.element(3, 8, 5, out);
    assertThat(outputs()).containsExactly("[1, 2] at 7 makes 3 @7", "[3] at 8 makes 6 @8");
  }

  @Test
  void ifTheCallThrowsNothingOfThemStays() {
    KeyCell<String, Integer, String> cell = cell(false, Lots::new);
    assertThatThrownBy(() -> cell.elements(List.of(1, -2, 3), 7, 5, out))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("dataflow \"flow\" step \"step\" key \"a\"")
        .hasMessageContaining("on 3 elements [1, -2, 3]");
    assertThat(outputs()).isEmpty();
    assertThat(cell.takeDeltas()).isEmpty();
    assertThat(cell.isEmpty()).isTrue();
  }

  @Test
  void ifTheStepSkipsEachOfThemIsADeadLetter() {
    KeyCell<String, Integer, String> cell = cell(true, Lots::new);
    cell.elements(List.of(1, 2), 6, 5, out);
    cell.elements(List.of(3, -4), 7, 5, out);
    cell.elements(List.of(5), 8, 5, out);
    List<Object> letters = new ArrayList<>();
    for (int i = 0; i < out.size(); i++) {
      if (out.port(i) == 1) {
        DeadLetter letter = (DeadLetter) out.value(i);
        letters.add(letter.key() + " " + letter.element() + " " + letter.cause().getMessage());
      }
    }
    assertThat(letters).containsExactly("a 3 negative", "a -4 negative");
    assertThat(outputs()).contains("[1, 2] at 6 makes 3 @6", "[5] at 8 makes 8 @8");
  }

  @Test
  void aFunctionThatDoesNotWantThatGetsOneAtATime() {
    KeyCell<String, Integer, String> cell =
        cell(false, ctx -> (value, context, collector) -> collector.collect("one " + value));
    assertThat(cell.hooks().together()).isFalse();
    cell.element(1, 7, 5, out);
    assertThat(outputs()).containsExactly("one 1 @7");
  }
}
