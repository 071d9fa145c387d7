package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Snapshots of a {@link KeyedTestHarness}, and its end. */
class SnapshotTest {
  private record Payment(String user, long amount) {}

  /** Compares a payment with the one before. */
  private static final class FraudAlert implements KeyedProcessFunction<String, Payment, String> {
    private final ValueState<Long> previous;

    FraudAlert(RuntimeContext ctx) {
      previous = ctx.getState(new ValueStateDescriptor<>("previous", Types.LONG));
    }

    @Override
    public void processElement(Payment payment, Context<String> ctx, Collector<String> out) {
      Long before = previous.value();
      if (before != null && payment.amount() - before >= 10_000) {
        out.collect(ctx.getCurrentKey() + " " + before + " -> " + payment.amount());
      }
      previous.update(payment.amount());
    }
  }

  private static KeyedTestHarness<String, Payment, String> fraud() {
    return KeyedTestHarness.of(Payment::user, Types.STRING, FraudAlert::new);
  }

  private static KeyedTestHarness<String, Payment, Long> totals() {
    return KeyedTestHarness.ofStep(
        Payment::user,
        Types.STRING,
        payments -> payments.map(Payment::amount).reduce("total", Types.LONG, Long::sum));
  }

  @Test
  void aRestoredHarnessHasFreshFunctionsAndTheSameMemory() {
    var harness = fraud();
    harness.processElement(new Payment("ann", 5));
    byte[] snapshot = harness.snapshot();
    harness.processElement(new Payment("ann", 20_000));
    assertThat(harness.takeOutput()).hasSize(1);

    var restored = harness.restore(snapshot);
    restored.processElement(new Payment("ann", 30_000));
    assertThat(restored.takeOutput()).containsExactly("ann 5 -> 30000");
    harness.processElement(new Payment("ann", 20_001));
    assertThat(harness.takeOutput()).isEmpty();
  }

  @Test
  void aRestoredHarnessHasTheStoredWatermarkAndThePresentTime() {
    StringBuilder seen = new StringBuilder();
    KeyedTestHarness<String, String, String> harness =
        KeyedTestHarness.of(
            element -> element,
            Types.STRING,
            ctx ->
                (element, context, out) ->
                    seen.append(context.timerService().currentWatermark())
                        .append('/')
                        .append(context.timerService().currentProcessingTime())
                        .append(' '));
    harness.processWatermark(7);
    byte[] snapshot = harness.snapshot();
    harness.processWatermark(9);
    harness.setProcessingTime(3);
    var restored = harness.restore(snapshot);
    restored.advanceProcessingTime(Duration.ofMillis(1));
    restored.processElement("a");
    harness.processElement("a");
    assertThat(seen).hasToString("7/4 9/3 ");
    assertThatThrownBy(() -> restored.processWatermark(6))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingComesInAfterTheEndUntilASnapshotIsRestored() {
    var harness = totals();
    harness.processElement(new Payment("a", 1));
    harness.processWatermark(3);
    harness.endInput();
    assertThatThrownBy(() -> harness.processElement(new Payment("a", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the input has ended");
    assertThatThrownBy(() -> harness.processWatermark(5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(harness::endInput).isInstanceOf(IllegalStateException.class);

    var later = harness.restore(harness.snapshot());
    later.processElement(new Payment("a", 2));
    later.processWatermark(4);
    later.endInput();
    assertThat(later.takeOutput()).containsExactly(3L);
  }

  @Test
  void refusesWhatIsNoSnapshotOfItsSteps() {
    var harness = totals();
    harness.processElement(new Payment("a", 1));
    byte[] snapshot = harness.snapshot();
    assertThatThrownBy(() -> fraud().restore(snapshot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the step \"total\"")
        .hasMessageContaining("the step \"step\"");
    assertThatThrownBy(() -> harness.restore(new byte[] {9}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a snapshot");
    byte[] cut = java.util.Arrays.copyOf(snapshot, snapshot.length - 1);
    assertThatThrownBy(() -> harness.restore(cut)).isInstanceOf(IllegalArgumentException.class);
    byte[] more = java.util.Arrays.copyOf(snapshot, snapshot.length + 1);
    assertThatThrownBy(() -> harness.restore(more)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void snapshotsOfTheSameMemoryAreTheSameBytes() {
    var one = totals();
    one.processElement(new Payment("a", 1));
    one.processElement(new Payment("b", 2));
    var other = totals();
    other.processElement(new Payment("b", 2));
    other.processElement(new Payment("a", 1));
    assertThat(other.snapshot()).isEqualTo(one.snapshot());
    assertThat(one.restore(one.snapshot()).snapshot()).isEqualTo(one.snapshot());
  }
}
