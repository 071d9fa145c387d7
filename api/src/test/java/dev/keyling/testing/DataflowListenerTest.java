package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.JobFailedException;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import dev.keyling.function.CheckpointListener;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.Proves;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keyed functions that are told what became of checkpoints. */
class DataflowListenerTest {
  private final Dataflow flow = Dataflow.named("flow").enableCheckpointing(Duration.ofSeconds(1));
  private final List<String> told = new ArrayList<>();

  /** Puts behind each element how many checkpoints its key has heard of. */
  private final class Hearing implements MapFunction<String, String>, CheckpointListener {
    private final ValueState<Long> heard;
    private String key = "";

    Hearing(RuntimeContext ctx) {
      heard = ctx.getState(new ValueStateDescriptor<>("heard", Types.LONG, 0L));
    }

    @Override
    public String map(String element) {
      key = element;
      return element + heard.value();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      if (!key.isEmpty()) { // else it woke for the end of input
        told.add(key + " has " + checkpointId);
      }
      heard.update(heard.value() + 1);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) {
      told.add(key + " lost " + checkpointId);
    }
  }

  @Test
  @Proves("O6")
  void keysThatAreAwakeAreToldAndWhatTheyWriteIsKept() {
    flow.from("in", TestingSource.of("a", "b", "a", "b").crash().then("a"))
        .keyBy(word -> word)
        .map("hear", Hearing::new)
        .to("out", Sinks.collect(new ArrayList<>()));
    DataflowTestHarness test = DataflowTestHarness.of(flow).checkpointEvery(2);
    test.run();
    assertThat(told).containsExactly("a has 1", "b has 1", "a has 2", "b has 2", "a has 3");
    assertThat(test.output("out")).isEqualTo(List.of("a0", "b0", "a1", "b1", "a1"));
  }

  @Test
  void aKeyThatThrowsWhenItIsToldFailsTheAttemptEvenIfItsStepSkips() {
    final class Throwing implements MapFunction<String, String>, CheckpointListener {
      @Override
      public String map(String element) {
        return element;
      }

      @Override
      public void notifyCheckpointComplete(long checkpointId) {
        throw new IllegalStateException("not now");
      }
    }
    flow.setRestartStrategy(RestartStrategy.none());
    var step =
        flow.from("in", TestingSource.of("a"))
            .keyBy(word -> word)
            .map("throws", ctx -> new Throwing());
    step.deadLetters().to("dead", Sinks.collect(new ArrayList<>()));
    step.to("out", Sinks.collect(new ArrayList<>()));
    assertThatThrownBy(DataflowTestHarness.of(flow)::run)
        .isInstanceOf(JobFailedException.class)
        .hasMessageContainingAll(
            "dataflow \"flow\" step \"throws\" key \"a\"",
            "not now in notifyCheckpointComplete(1)");
  }
}
