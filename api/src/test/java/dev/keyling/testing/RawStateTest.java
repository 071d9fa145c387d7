package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.state.ValueState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Raw bytes of an operator, which nobody else looks into. */
class RawStateTest {

  /** Knows its states only in {@code initializeState}, as functions from Flink do. */
  private static final class FromFlink implements ProcessFunction<byte[], Boolean> {
    private @Nullable ValueState<byte[]> raw;

    @Override
    public void initializeState(OperatorContext context) {
      raw = context.getRawState("raw");
      if (!context.isRestored()) {
        raw.update(new byte[0]);
      }
    }

    @Override
    public void processElement(byte[] value, Collector<Boolean> out) {
      if (raw != null) {
        out.collect(Arrays.equals(raw.value(), value));
        raw.update(value);
      }
    }
  }

  private static byte[] allBytes(int length) {
    byte[] bytes = new byte[length];
    IntStream.range(0, length).forEach(i -> bytes[i] = (byte) i);
    return bytes;
  }

  @Test
  void rawBytesComeBackByteForByte() {
    OperatorTestHarness<byte[], Boolean> harness =
        OperatorTestHarness.of(ctx -> new FromFlink(), 1);
    for (int length : List.of(0, 1, 256, 1 << 20, 0)) {
      byte[] bytes = allBytes(length);
      harness.processElement(bytes.clone());
      harness = harness.restore(harness.snapshot());
      harness.processElement(bytes);
      assertThat(harness.takeOutput()).as("%d bytes", length).containsExactly(true);
    }
  }

  @Test
  void rawBytesOfAPartitionThatIsNoMoreAreNotLostSilently() {
    OperatorTestHarness<byte[], Boolean> harness =
        OperatorTestHarness.of(ctx -> new FromFlink(), 2);
    byte[] snapshot = harness.snapshot();
    harness.restore(snapshot, 3);
    OperatorTestHarness<byte[], Boolean> two = harness;
    assertThatThrownBy(() -> two.restore(snapshot, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dataflow \"test\" step \"step\": partition 1 has the raw state \"raw\", which cannot be"
                + " parted; go on with at least 2 partitions");
  }
}
