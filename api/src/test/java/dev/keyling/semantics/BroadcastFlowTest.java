package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.KeyedStream;
import dev.keyling.semantics.Broadcasting.Limit;
import dev.keyling.semantics.Broadcasting.Limiting;
import dev.keyling.semantics.Broadcasting.Payment;
import dev.keyling.testing.DataflowTestHarness;
import dev.keyling.testing.TestingSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** SEMANTICS F8: what is refused of broadcast streams in a dataflow. */
@Proves("F8")
class BroadcastFlowTest {
  @Test
  void aKeyedStepBehindNeedsKeysAgain() {
    Consumer<Boolean> run =
        keyed -> {
          Dataflow flow = Dataflow.named("shop");
          KeyedStream<String, String> said =
              flow.from("payments", TestingSource.<Payment>of())
                  .keyBy(Payment::user)
                  .connect(flow.fromCollection("rules", List.of(new Limit("x", 1))).broadcast())
                  .process("limits", Limiting::new);
          (keyed ? said.keyBy(text -> text) : said)
              .process("next", ctx -> (value, context, out) -> {})
              .print("out");
          DataflowTestHarness.of(flow).run();
        };
    run.accept(true);
    assertThatThrownBy(() -> run.accept(false))
        .hasMessageContaining("step \"next\"")
        .hasMessageContaining("what a step emits for a broadcast element has no key either");
  }

  @Test
  void aBroadcastStreamOfAnotherDataflowIsRefused() {
    KeyedStream<String, Payment> payments =
        Dataflow.named("shop").from("payments", TestingSource.<Payment>of()).keyBy(Payment::user);
    assertThatThrownBy(
            () ->
                payments.connect(
                    Dataflow.named("bank").from("limits", TestingSource.<Limit>of()).broadcast()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Dataflow shop: connect takes a stream of the same dataflow");
  }
}
