package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator in the harness: its lists, its raw bytes, its checkpoints. */
class OperatorTestHarnessTest {
  private final List<String> told = new ArrayList<>();

  /** Keeps its elements in a field, as most operators do, and writes them at checkpoints. */
  private final class Buffer implements ProcessFunction<String, String> {
    private final OperatorContext ctx;
    private final ListState<String> stored;
    private final ListState<String> union;
    private final List<String> buffer = new ArrayList<>();

    Buffer(OperatorContext ctx) {
      this.ctx = ctx;
      stored = ctx.getListState(new ListStateDescriptor<>("stored", Types.STRING));
      union = ctx.getUnionListState(new ListStateDescriptor<>("union", Types.STRING));
      stored.get().forEach(buffer::add);
      List<String> all = new ArrayList<>();
      union.get().forEach(all::add);
      told.add(
          ctx.partition() + (ctx.isRestored() ? " restored " : " new ") + buffer + " of " + all);
    }

    @Override
    public void processElement(String value, Collector<String> out) {
      if (value.equals("bad")) {
        stored.add("never");
        throw new IllegalArgumentException("a bad one");
      }
      buffer.add(value);
      out.collect(value + "@" + ctx.partition());
    }

    @Override
    public void snapshotState(long checkpointId) {
      stored.update(buffer);
      union.update(buffer);
      told.add(ctx.partition() + " at " + checkpointId);
      if (buffer.contains("refuse")) {
        throw new IllegalStateException("not now");
      }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      told.add(ctx.partition() + " has " + checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) {
      told.add(ctx.partition() + " lost " + checkpointId);
    }

    @Override
    public void onEndOfInput(Collector<String> out) {
      out.collect("end of " + buffer);
    }

    @Override
    public void close() {
      told.add(ctx.partition() + " closed");
    }
  }

  private OperatorTestHarness<String, String> harness(int partitions, String... elements) {
    OperatorTestHarness<String, String> harness = OperatorTestHarness.of(Buffer::new, partitions);
    Arrays.stream(elements).forEach(harness::processElement);
    return harness;
  }

  private List<String> takeTold() {
    List<String> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  @Test
  void elementsComeToThePartitionsInTurn() {
    assertThat(harness(3, "a", "b", "c", "d").takeOutput())
        .containsExactly("a@0", "b@1", "c@2", "d@0");
  }

  @Test
  void outputsHaveTheTimestampOfTheElement() {
    OperatorTestHarness<String, String> harness = harness(1);
    harness.processElement("a", 17);
    assertThat(harness.takeTimestampedOutput().get(0).timestamp()).isEqualTo(17);
  }

  @Test
  void withTheSameNumberOfPartitionsEachKeepsItsOwn() {
    OperatorTestHarness<String, String> harness = harness(3, "a", "b", "c", "d");
    byte[] snapshot = harness.snapshot();
    takeTold();
    harness.restore(snapshot);
    assertThat(takeTold())
        .containsExactly(
            "0 restored [a, d] of [a, d, b, c]",
            "1 restored [b] of [a, d, b, c]",
            "2 restored [c] of [a, d, b, c]");
  }

  @Test
  void withAnotherNumberOfPartitionsListsArePartedEvenlyAndUnionsAreWhole() {
    OperatorTestHarness<String, String> harness = harness(2, "a", "b", "c", "d", "e");
    byte[] snapshot = harness.snapshot();
    takeTold();
    OperatorTestHarness<String, String> three = harness.restore(snapshot, 3);
    assertThat(takeTold())
        .containsExactly(
            "0 restored [a, c] of [a, c, e, b, d]",
            "1 restored [e, b] of [a, c, e, b, d]",
            "2 restored [d] of [a, c, e, b, d]");
    three.restore(three.snapshot(), 1);
    assertThat(takeTold()).endsWith("0 restored [a, c, e, b, d] of [a, c, e, b, d]");
  }

  @Test
  void whatWasNotWrittenAtTheCheckpointIsForgotten() {
    OperatorTestHarness<String, String> harness = harness(1, "a");
    byte[] snapshot = harness.snapshot();
    harness.processElement("b");
    takeTold();
    harness.restore(snapshot);
    assertThat(takeTold()).containsExactly("0 restored [a] of [a]");
  }

  @Test
  void everyPartitionIsRestoredEvenOneThatStoredNothing() {
    OperatorTestHarness<String, String> harness = harness(2);
    byte[] snapshot = harness.snapshot();
    assertThat(takeTold()).startsWith("0 new [] of []", "1 new [] of []");
    harness.restore(snapshot);
    assertThat(takeTold()).containsExactly("0 restored [] of []", "1 restored [] of []");
  }

  @Test
  void aUnionListThatIsNotWrittenAnewGrowsWithEveryRestart() {
    List<Integer> sizes = new ArrayList<>();
    OperatorTestHarness<String, String> harness =
        OperatorTestHarness.of(
            ctx -> {
              ListState<String> union =
                  ctx.getUnionListState(new ListStateDescriptor<>("union", Types.STRING));
              List<String> all = new ArrayList<>();
              union.get().forEach(all::add);
              sizes.add(all.size());
              return (value, out) -> union.add(value);
            },
            2);
    harness.processElement("a");
    harness = harness.restore(harness.snapshot());
    harness = harness.restore(harness.snapshot());
    harness.restore(harness.snapshot());
    assertThat(sizes).containsExactly(0, 0, 1, 1, 2, 2, 4, 4);
  }

  @Test
  void checkpointsAreToldWithGrowingIds() {
    OperatorTestHarness<String, String> harness = harness(1);
    harness.snapshot();
    harness.completeCheckpoint();
    harness.snapshot();
    harness.abortCheckpoint();
    harness = harness.restore(harness.snapshot());
    harness.snapshot();
    assertThat(takeTold())
        .containsExactly(
            "0 new [] of []",
            "0 at 1",
            "0 has 1",
            "0 at 2",
            "0 lost 2",
            "0 at 3",
            "0 restored [] of []",
            "0 at 4");
  }

  @Test
  void whatASnapshotWroteBeforeItThrewIsUndone() {
    OperatorTestHarness<String, String> harness = harness(1, "a");
    byte[] before = harness.snapshot();
    harness.processElement("refuse");
    assertThatThrownBy(harness::snapshot)
        .isInstanceOf(StepFailure.class)
        .hasMessage(
            "dataflow \"test\" step \"step\" partition 0: the function threw"
                + " java.lang.IllegalStateException: not now in snapshotState(2)");
    takeTold();
    harness.restore(before);
    assertThat(takeTold()).containsExactly("0 restored [a] of [a]");
  }

  @Test
  void anElementThatThrowsNamesThePartitionAndLeavesNoTrace() {
    OperatorTestHarness<String, String> harness = harness(2, "a");
    assertThatThrownBy(() -> harness.processElement("bad"))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("dataflow \"test\" step \"step\" partition 1")
        .hasMessageContaining("a bad one on bad");
    takeTold();
    harness.restore(harness.snapshot());
    assertThat(takeTold()).contains("1 restored [] of [a]");
  }

  @Test
  void theEndReachesEveryPartition() {
    OperatorTestHarness<String, String> harness = harness(2, "a");
    harness.takeOutput();
    harness.endInput();
    assertThat(harness.takeOutput()).containsExactly("end of [a]", "end of []");
  }

  @Test
  void closeLetsEveryFunctionGo() {
    harness(2).close();
    assertThat(takeTold()).endsWith("0 closed", "1 closed");
  }

  @Test
  void aNameMeansOneState() {
    assertThatThrownBy(
            () ->
                OperatorTestHarness.<String, String>of(
                    ctx -> {
                      ctx.getListState(new ListStateDescriptor<>("x", Types.STRING));
                      ctx.getUnionListState(new ListStateDescriptor<>("x", Types.STRING));
                      return (value, out) -> {};
                    },
                    1))
        .hasMessageContaining("partition 0")
        .hasMessageContaining("declares the state \"x\" twice")
        .hasMessageContaining("as ListState<string> and as union ListState<string>");
  }

  @Test
  void anOperatorNeedsAPartition() {
    assertThatThrownBy(() -> harness(0)).hasMessageContaining("1 partition or more, not 0");
  }

  @Test
  void statesAreForElementsCheckpointsAndTheFactory() {
    List<ListState<String>> escaped = new ArrayList<>();
    OperatorTestHarness.<String, String>of(
        ctx -> {
          escaped.add(ctx.getListState(new ListStateDescriptor<>("x", Types.STRING)));
          return (value, out) -> {};
        },
        1);
    assertThatThrownBy(() -> escaped.get(0).get()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTimeToLiveIsRefused() {
    ListStateDescriptor<String> mortal = new ListStateDescriptor<>("x", Types.STRING);
    mortal.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());
    assertThatThrownBy(
            () ->
                OperatorTestHarness.<String, String>of(
                    ctx -> {
                      ctx.getListState(mortal);
                      return (value, out) -> {};
                    },
                    1))
        .hasMessageContaining(
            "dataflow \"test\" step \"step\": the state \"x\" of an operator has a time to live")
        .hasMessageContaining("use keyBy");
  }
}
