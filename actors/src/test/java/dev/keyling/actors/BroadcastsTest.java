package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.GroupKey;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broadcast elements in a key group, with a real store. */
class BroadcastsTest {
  private static final MapStateDescriptor<String, Long> FACTORS =
      new MapStateDescriptor<>("factors", Types.STRING, Types.LONG);
  private static final ValueStateDescriptor<Long> PRODUCT =
      new ValueStateDescriptor<>("product", Types.LONG);

  @TempDir private Path dir;
  private GroupDriver group;

  /**
   * An element is added to the key's number; a broadcast element multiplies the numbers of all
   * keys, so that the order of the two shows.
   */
  private static final class Calculator
      implements KeyedBroadcastProcessFunction<String, Long, Long, String> {
    private final ValueState<Long> number;

    Calculator(RuntimeContext ctx) {
      number = ctx.getState(PRODUCT);
    }

    @Override
    public void processElement(Long summand, ReadOnlyContext<String> ctx, Collector<String> out) {
      number.update(Objects.requireNonNullElse(number.value(), 0L) + summand);
      out.collect(
          ctx.getCurrentKey()
              + number.value()
              + " last "
              + ctx.getBroadcastState(FACTORS).get("last"));
    }

    @Override
    public void processBroadcastElement(
        Long factor, BroadcastContext<String> ctx, Collector<String> out) {
      ctx.getBroadcastState(FACTORS).put("last", factor);
      if (factor < 0) {
        throw new IllegalArgumentException("negative");
      }
      if (factor > 0) {
        ctx.applyToKeyedState(
            PRODUCT, (key, state) -> state.update(Objects.requireNonNull(state.value()) * factor));
      }
      out.collect("by " + factor);
    }

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      out.collect("end of " + ctx.getCurrentKey());
    }
  }

  @BeforeEach
  void start() {
    group =
        new GroupDriver(
            dir,
            InstantSource.system(),
            Steps.ofBroadcast(Calculator::new),
            "keyling.actors.max-live-keys",
            "3",
            "keyling.actors.flush-interval",
            "10ms");
    group.open();
  }

  @AfterEach
  void stop() {
    group.close();
  }

  private Object numberOf(String key) {
    return group.view(key).states().get("product");
  }

  @Test
  void nothingOvertakesABroadcastElement() {
    for (int round = 0; round < 20; round++) {
      group.tellElements("a", 1L, "b", 2L);
      group.tellBroadcast(0L, 2L, 0L, 1L);
      group.tellElements("a", 1L);
      group.tellBroadcast(1L, 3L);
      group.tellElements("b", 1L);
    }
    group.answers(100);
    List<Object> expected = new ArrayList<>();
    long a = 0;
    long b = 0;
    String last = "null";
    for (int round = 0; round < 20; round++) {
      a += 1;
      b += 2;
      expected.addAll(List.of("a" + a + " last " + last, "b" + b + " last " + last));
      expected.addAll(List.of("by 0", "by 2", "by 0", "by 1"));
      a = 2 * a + 1;
      b *= 2;
      expected.addAll(List.of("a" + a + " last 1", "by 1", "by 3"));
      a *= 3;
      b = 3 * b + 1;
      last = "3";
      expected.add("b" + b + " last 3");
    }
    assertThat(group.outputs()).isEqualTo(expected);
    assertThat(numberOf("a")).isEqualTo(a);
    assertThat(numberOf("b")).isEqualTo(b);
  }

  @Test
  void anUpdateReachesKeysThatSleepInRows() {
    for (int key = 0; key < 2_500; key++) {
      group.batch("k" + key, (long) key);
    }
    group.complete(group.seal());
    group.tellBroadcast(5L);
    group.answers(1);
    group.complete(group.seal());
    group.replace();
    group.open();
    for (int key : List.of(0, 1, 999, 1_000, 1_001, 2_499)) {
      assertThat(numberOf("k" + key)).isEqualTo(5L * key);
    }
  }

  @Test
  void aNewLifeHasTheBroadcastStateOfTheLastCompleteCheckpoint() {
    group.tellBroadcast(7L);
    group.answers(1);
    group.complete(group.seal());
    group.tellBroadcast(8L);
    group.answers(1);
    group.seal();
    group.batch("a", 1L);
    group.open();
    group.batch("a", 2L);
    group.replace();
    group.open();
    group.batch("a", 3L);
    assertThat(group.outputs())
        .containsExactly("by 7", "by 8", "a1 last 8", "a2 last 7", "a3 last 7");
  }

  @Test
  void theBroadcastStateComesBackFromRows() {
    group.tellBroadcast(7L);
    group.answers(1);
    group.complete(group.seal());
    group.awaitAssert(() -> assertThat(storedKeys()).hasSize(1));
    assertThat(storedKeys().get(0)).isEqualTo(GroupKey.bytes());
    group.replace();
    group.open();
    group.batch("a", 3L);
    assertThat(group.outputs()).containsExactly("by 7", "a3 last 7");
  }

  private List<byte[]> storedKeys() {
    GroupAddress address = new GroupAddress("flow", "step", 0);
    return group.rows().keys(address, History.everything(), null, Integer.MAX_VALUE);
  }

  @Test
  void theEndOfInputIsForTheKeysOfTheUserOnly() {
    group.tellBroadcast(7L);
    group.tellElements("a", 1L);
    group.answers(2);
    group.endInput();
    assertThat(group.outputs()).containsExactly("by 7", "a1 last 7", "end of a");
  }

  @Test
  void aBroadcastElementThatThrowsFailsTheLife() {
    group.tellBroadcast(0L, -1L);
    Throwable cause = group.next(GroupEvent.Failed.class).cause();
    assertThat(cause)
        .hasMessageContaining("step \"step\": processBroadcastElement threw")
        .hasMessageContaining("negative on -1");
    group.open();
    group.batch("a", 1L);
    assertThat(group.outputs()).containsExactly("a1 last null");
  }
}
