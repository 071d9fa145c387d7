package dev.keyling.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.world.HandClock;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.StateMigration;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Keys that take their turns at one desk know nothing of one another. */
class DeskTest {
  private final Outputs out = new Outputs();
  private final List<Context<String>> contexts = new ArrayList<>();

  private final class Keeping implements KeyedProcessFunction<String, String, String> {
    private final ValueState<String> last;

    Keeping(RuntimeContext ctx) {
      last = ctx.getState(new ValueStateDescriptor<>("last", Types.STRING));
    }

    @Override
    public void processElement(String value, Context<String> ctx, Collector<String> collector) {
      contexts.add(ctx);
      if (value.equals("use the first")) {
        contexts.get(0).timestamp();
      }
      last.update(value);
      ctx.timerService().registerEventTimeTimer(50);
      if (value.equals("throw")) {
        throw new IllegalStateException("as told");
      }
    }
  }

  /** Writes what it was stored as, when it wakes, into a state that ages by event time. */
  private static final class Moving
      implements KeyedProcessFunction<String, String, String>, StateMigration {
    private final ValueState<String> moved;

    Moving(RuntimeContext ctx) {
      ValueStateDescriptor<String> descriptor = new ValueStateDescriptor<>("moved", Types.STRING);
      descriptor.enableTimeToLive(
          StateTtlConfig.newBuilder(100)
              .setTtlTimeCharacteristic(TtlTimeCharacteristic.EventTime)
              .build());
      moved = ctx.getState(descriptor);
    }

    @Override
    public void migrateState(KeyedStateStore stored) throws Exception {
      moved.update(stored.getState(new ValueStateDescriptor<>("last", Types.STRING)).value());
    }

    @Override
    public void processElement(String value, Context<String> ctx, Collector<String> collector) {}
  }

  private static StepDefinition<String, String, String> step(
      Function<RuntimeContext, KeyedProcessFunction<String, String, String>> factory) {
    return new StepDefinition<>(
        "flow", "step", KeyCodec.of(Types.STRING, "here"), 1, factory, List.of(), false);
  }

  private static Desk desk(StepDefinition<String, String, String> step) {
    return new Desk(step, 0, 1, new HandClock());
  }

  @Test
  void aTurnThatIsUndoneTakesNothingOfAnotherKeyWithIt() {
    StepDefinition<String, String, String> step = step(Keeping::new);
    Desk desk = desk(step);
    KeyCell<String, String, String> one = new KeyCell<>(step, "one", desk, Image.EMPTY);
    one.element("kept", 1, 0, out);
    List<Delta> changes = one.takeDeltas();
    KeyCell<String, String, String> other = new KeyCell<>(step, "other", desk, Image.EMPTY);
    assertThatThrownBy(() -> other.element("throw", 2, 0, out)).isInstanceOf(StepFailure.class);
    assertThat(other.takeDeltas()).isEmpty();
    assertThat(other.isEmpty()).isTrue();
    assertThat(changes).hasSize(2);
    assertThat(one.view().states()).containsEntry("last", "kept");
    assertThat(one.takeDeltas()).isEmpty();
  }

  @Test
  void theContextOfAnotherKeyIsRefused() {
    StepDefinition<String, String, String> step = step(Keeping::new);
    Desk desk = desk(step);
    new KeyCell<>(step, "one", desk, Image.EMPTY).element("kept", 1, 0, out);
    KeyCell<String, String, String> other = new KeyCell<>(step, "other", desk, Image.EMPTY);
    assertThatThrownBy(() -> other.element("use the first", 2, 0, out))
        .hasMessageContaining("key \"other\"")
        .hasMessageContaining("only while an element or timer of their key is handled");
  }

  @Test
  void aKeyTakesItsTurnsAtAnotherDeskAsBefore() {
    StepDefinition<String, String, String> step = step(Keeping::new);
    KeyCell<String, String, String> one = new KeyCell<>(step, "one", desk(step), Image.EMPTY);
    one.element("first", 1, 0, out);
    one.takeDeltas();
    one.moveTo(desk(step));
    one.element("second", 2, 0, out);
    assertThat(one.takeDeltas()).hasSize(1);
    assertThat(one.view().states()).containsEntry("last", "second");
    one.advanceWatermark(50, out);
    assertThat(one.view().timers()).isEmpty();
  }

  @Test
  void aKeyThatWakesKnowsNotTheTimeOfTheOneBefore() {
    StepDefinition<String, String, String> before = step(Keeping::new);
    KeyCell<String, String, String> stored =
        new KeyCell<>(before, "other", desk(before), Image.EMPTY);
    stored.element("stored", 1, 0, out);
    StepDefinition<String, String, String> step = step(Moving::new);
    Desk desk = desk(step);
    KeyCell<String, String, String> one = new KeyCell<>(step, "one", desk, Image.EMPTY);
    one.at(1, 5_000);
    one.element("anything", 9_000, 5_000, out);
    KeyCell<String, String, String> other = new KeyCell<>(step, "other", desk, stored.image());
    assertThat(other.view().states()).containsEntry("moved", "stored");
    assertThat(other.view().lastAccess()).as("nobody has told it a time yet").isEmpty();
  }
}
