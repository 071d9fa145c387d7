package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.connector.AtLeastOnceSink;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parameters of a job: the same for all its functions, and for as long as it runs. */
class ParametersTest {
  private static final AtLeastOnceSink<Object> SINK =
      partition -> {
        throw new AssertionError("sinks are not opened");
      };

  private static Dataflow flow() {
    Dataflow flow = Dataflow.named("flow");
    var words = flow.from("in", TestingSource.of("a", "b"));
    words
        .keyBy(word -> word)
        .<Optional<String>>map("keyed", ctx -> word -> ctx.parameter(word))
        .to("of-keys", SINK);
    words
        .<Optional<String>>transform(
            "operator", ctx -> (word, out) -> out.collect(ctx.parameter(word)))
        .to("of-operators", SINK);
    return flow;
  }

  @Test
  void keyedFunctionsAndOperatorsReadThemByName() {
    DataflowTestHarness test = DataflowTestHarness.of(flow().setParameter("a", "1"));
    test.run();
    List<Optional<String>> expected = List.of(Optional.of("1"), Optional.empty());
    assertThat(test.output("of-keys")).isEqualTo(expected);
    assertThat(test.output("of-operators")).isEqualTo(expected);
  }

  @Test
  void whatIsSetLaterIsForLaterRuns() {
    Dataflow flow = flow().setParameter("a", "1").setParameter("a", "2");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    flow.setParameter("a", "3").setParameter("b", "4");
    test.run();
    assertThat(test.output("of-keys")).isEqualTo(List.of(Optional.of("2"), Optional.empty()));
  }

  @Test
  void aNameIsNotEmptyAndAValueIsNotNull() {
    assertThatThrownBy(() -> flow().setParameter("", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dataflow \"flow\": the name of a parameter is empty");
    assertThatThrownBy(() -> flow().setParameter("x", null))
        .isInstanceOf(NullPointerException.class);
  }
}
