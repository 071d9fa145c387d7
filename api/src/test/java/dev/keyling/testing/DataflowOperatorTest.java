package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.JobFailedException;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.ExactlyOnceSink;
import dev.keyling.function.Collector;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators in a dataflow: crashes, checkpoints, what stands before and behind them. */
class DataflowOperatorTest {
  private static final ExactlyOnceSink<Object> SINK =
      partition -> {
        throw new AssertionError("sinks are not opened");
      };

  private final Dataflow flow = Dataflow.named("flow").enableCheckpointing(Duration.ofSeconds(1));
  private final List<String> told = new ArrayList<>();

  /** Holds every element back until the next of its partition, and the last until the end. */
  private static final class Late implements ProcessFunction<String, String> {
    private final ListState<String> stored;
    private final List<String> held = new ArrayList<>();

    Late(OperatorContext ctx) {
      stored = ctx.getListState(new ListStateDescriptor<>("held", Types.STRING));
      stored.get().forEach(held::add);
    }

    @Override
    public void processElement(String value, Collector<String> out) {
      onEndOfInput(out);
      held.add(value);
    }

    @Override
    public void onEndOfInput(Collector<String> out) {
      held.forEach(out::collect);
      held.clear();
    }

    @Override
    public void snapshotState(long checkpointId) {
      stored.update(held);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void whatIsHeldBackComesOutOnceAfterCrashes(int checkpointEvery) {
    List<String> all = new ArrayList<>();
    TestingSource<String> source = TestingSource.of();
    for (int i = 0; i < 30; i++) {
      all.add("e" + i);
      source = source.then("e" + i);
      source = i % 7 == 3 ? source.crash() : source;
    }
    flow.from("in", source).transform("late", Late::new).to("out", SINK);
    DataflowTestHarness test = DataflowTestHarness.of(flow).checkpointEvery(checkpointEvery);
    test.run();
    assertThat(test.output("out").stream().map(Object::toString))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aKeyedStreamForgetsItsKeysInAnOperator() {
    flow.from("in", TestingSource.of("a", "a", "a"))
        .keyBy(word -> word)
        .<String>transform("where", ctx -> (value, out) -> out.collect(value + ctx.partition()))
        .to("out", SINK);
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("out")).isEqualTo(List.of("a0", "a1", "a2"));
  }

  @Test
  void keyedStepsAndWatermarksGoOnBehindAnOperator() {
    flow.from("in", TestingSource.of("a", "b", "a"))
        .<String>transform("same", ctx -> (value, out) -> out.collect(value))
        .keyBy(word -> word)
        .reduce("join", Types.STRING, String::concat)
        .to("out", SINK);
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("out")).isEqualTo(List.of("a", "b", "aa"));
  }

  /** Notes what partition 0 is told, and throws at some checkpoints. */
  private ProcessFunction<String, String> teller(OperatorContext ctx, List<Long> bad) {
    return new ProcessFunction<>() {
      @Override
      public void processElement(String value, Collector<String> out) {
        out.collect(value);
      }

      @Override
      public void snapshotState(long checkpointId) {
        tell("at " + checkpointId);
        if (bad.contains(checkpointId)) {
          throw new IllegalStateException("not now");
        }
      }

      @Override
      public void notifyCheckpointComplete(long checkpointId) {
        tell("has " + checkpointId);
      }

      @Override
      public void notifyCheckpointAborted(long checkpointId) {
        tell("lost " + checkpointId);
      }

      private void tell(String what) {
        if (ctx.partition() == 0) {
          told.add(what);
        }
      }
    };
  }

  @Test
  void idsGrowOverCrashes() {
    flow.from("in", TestingSource.of("a").crash().then("b"))
        .transform("tell", ctx -> teller(ctx, List.of()))
        .to("out", SINK);
    DataflowTestHarness.of(flow).run();
    assertThat(told).containsExactly("at 1", "has 1", "at 2", "has 2", "at 3", "has 3");
  }

  @Test
  void aCheckpointOnWhichAFunctionThrowsIsGivenUpIfThatIsTolerable() {
    flow.getCheckpointConfig().setTolerableCheckpointFailureNumber(1);
    flow.from("in", TestingSource.of("a", "b"))
        .transform("tell", ctx -> teller(ctx, List.of(1L)))
        .to("out", SINK);
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(told).containsExactly("at 1", "lost 1", "at 2", "has 2", "at 3", "has 3");
    assertThat(test.output("out")).isEqualTo(List.of("a", "b"));
  }

  @Test
  void aCheckpointOnWhichAFunctionThrowsFailsTheAttemptElse() {
    flow.setRestartStrategy(RestartStrategy.none());
    flow.from("in", TestingSource.of("a"))
        .transform("tell", ctx -> teller(ctx, List.of(1L)))
        .to("out", SINK);
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    assertThatThrownBy(test::run)
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("dataflow \"flow\" step \"tell\" partition 0")
        .hasMessageContaining("not now in snapshotState(1)");
  }

  @Test
  void withoutCheckpointingNobodyIsAskedForASnapshot() {
    Dataflow without = Dataflow.named("without");
    without
        .from("in", TestingSource.of("a"))
        .transform("tell", ctx -> teller(ctx, List.of()))
        .to("out", SINK);
    DataflowTestHarness.of(without).run();
    assertThat(told).isEmpty();
  }

  @Test
  void anOperatorStandsInTheKeyedHarnessToo() {
    var harness =
        KeyedTestHarness.ofStep(
            (String word) -> word,
            Types.STRING,
            words ->
                words.reduce("join", Types.STRING, String::concat).transform("late", Late::new));
    for (int i = 0; i < 8; i++) {
      harness.processElement("a");
    }
    harness = harness.restore(harness.snapshot());
    harness.processElement("a");
    assertThat(harness.takeOutput()).containsExactly("a");
  }
}
