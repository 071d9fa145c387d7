package dev.keyling;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.Sinks;
import dev.keyling.semantics.Proves;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused while a dataflow is written. */
class DataflowTest {

  @Test
  @Proves({"error 1", "decision 14"})
  void twoStepsWithOneIdAreRefusedNamingBoth() {
    Dataflow flow = Dataflow.named("payments");
    DataStream<String> in = flow.fromCollection("in", List.of("a"));
    in.keyBy(word -> word).map("same", ctx -> word -> word);
    assertThatThrownBy(() -> in.to("same", Sinks.collect(new ArrayList<>())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dataflow \"payments\"")
        .hasMessageContaining("the id \"same\"")
        .hasMessageContaining("a keyed step")
        .hasMessageContaining("a sink");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "ü", "a/b"})
  @Proves("error 1")
  void idsAreNotEmptyAndHaveNoStrangeCharacters(String id) {
    Dataflow flow = Dataflow.named("payments");
    assertThatThrownBy(() -> flow.fromCollection(id, List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + id + "\"");
    assertThatThrownBy(() -> Dataflow.named(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + id + "\"");
  }
}
