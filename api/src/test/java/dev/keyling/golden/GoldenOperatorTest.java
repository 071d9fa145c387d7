package dev.keyling.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.Collector;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.testing.OperatorTestHarness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists and raw bytes of an operator, as they were stored once; {@link Fixture}. */
class GoldenOperatorTest {
  private static final int NEWEST = 1;

  /** Keeps numbers in a list, a union list, and as raw bytes; zero asks for them. */
  private static final class Keeping implements ProcessFunction<Integer, String> {
    private final int partition;
    private final ListState<Integer> list;
    private final ListState<Integer> union;
    private final ValueState<byte[]> raw;

    /** What the list had for everybody when this function was made. */
    private final List<Integer> ofAll = new ArrayList<>();

    private final List<Integer> own = new ArrayList<>();

    Keeping(OperatorContext ctx) {
      partition = ctx.partition();
      list = ctx.getListState(new ListStateDescriptor<>("list", Types.INT));
      union = ctx.getUnionListState(new ListStateDescriptor<>("union", Types.INT));
      raw = ctx.getRawState("raw");
      union.get().forEach(ofAll::add);
      list.get().forEach(own::add);
    }

    @Override
    public void processElement(Integer number, Collector<String> out) {
      if (number == 0) {
        String bytes = HexFormat.of().formatHex(Objects.requireNonNull(raw.value()));
        out.collect(partition + ": " + own + " of " + ofAll + ", " + bytes);
      } else {
        own.add(number);
        raw.update(new byte[] {(byte) partition, number.byteValue(), 0, -1});
      }
    }

    @Override
    public void snapshotState(long checkpointId) {
      list.update(own);
      union.update(own);
    }
  }

  private static List<String> told(OperatorTestHarness<Integer, String> harness, int partitions) {
    for (int partition = 0; partition < partitions; partition++) {
      harness.processElement(0);
    }
    return harness.takeOutput();
  }

  private static OperatorTestHarness<Integer, String> harness() {
    return OperatorTestHarness.of(Keeping::new, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = NEWEST)
  void everyPartitionHasWhatItKept(int number) throws IOException {
    assertThat(told(harness().restore(Fixture.read("operator", number)), 2))
        .containsExactly(
            "0: [1, 3, 300] of [1, 3, 300, 2, 4], 002c00ff",
            "1: [2, 4] of [1, 3, 300, 2, 4], 010400ff");
  }

  @Test
  void theNewestFixtureIsWhatIsWrittenToday() throws IOException {
    var harness = harness();
    List.of(1, 2, 3, 4, 300).forEach(harness::processElement);
    Fixture.assertIsWrittenToday("operator", NEWEST, harness.snapshot());
  }
}
