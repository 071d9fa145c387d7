package dev.keyling.semantics;

import static dev.keyling.JoinEmitMode.COMPLETE;
import static dev.keyling.JoinEmitMode.FINAL;
import static dev.keyling.JoinInsertMode.LAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Join;
import dev.keyling.JoinSide;
import dev.keyling.KeyedStream;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.testing.DataflowTestHarness;
import dev.keyling.testing.TestingSource;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y4: how streams are joined in a dataflow, and what is refused. */
@Proves("Y4")
class JoinFlowTest {
  private static JoinSide<String, String> side(Dataflow flow, String id, String... words) {
    return keyed(flow, id, words).side(Types.STRING);
  }

  private static KeyedStream<String, String> keyed(Dataflow flow, String id, String... words) {
    return flow.from(id, TestingSource.of(words)).keyBy(word -> word.substring(0, 1));
  }

  private static List<?> printed(Dataflow flow) {
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    return test.output("print");
  }

  @Test
  void aRowGivesTheValueOfEachSideByItsType() {
    Dataflow flow = Dataflow.named("shop");
    JoinSide<String, String> user = side(flow, "users", "a-ann", "b-bob");
    JoinSide<String, Long> amount =
        flow.fromCollection("amounts", List.of(5L, 7L))
            .keyBy(n -> n == 5 ? "a" : "c")
            .side(Types.LONG);
    Join.of("join", LAST, FINAL, user, amount)
        .map(row -> row.get(user) + " pays " + row.get(amount))
        .print("print");
    assertThat(printed(flow)).hasToString("[a-ann pays 5, b-bob pays null, null pays 7]");
  }

  @Test
  void twoSidesOfOneStreamAreTwo() {
    Dataflow flow = Dataflow.named("shop");
    KeyedStream<String, String> words = keyed(flow, "words", "a1", "b1");
    Join.of("join", LAST, COMPLETE, words.side(Types.STRING), words.side(Types.STRING))
        .entries()
        .print("print");
    assertThat(printed(flow)).hasToString("[a=[a1, a1], b=[b1, b1]]");
  }

  @Test
  void fewerThanTwoSidesAreRefusedWithTheStep() {
    assertThatThrownBy(() -> Join.of("join", LAST, COMPLETE, side(Dataflow.named("shop"), "users")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Dataflow shop join \"join\" has 1 side; give it two or more");
  }

  @Test
  void aSideThatIsGivenTwiceIsRefusedWithTheStep() {
    JoinSide<String, String> users = side(Dataflow.named("shop"), "users");
    assertThatThrownBy(() -> Join.of("join", LAST, COMPLETE, users, users))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataflow shop join \"join\" is given a side twice; call side(…) once for each");
  }

  @Test
  void sidesOfSeveralDataflowsAreRefusedWithTheStep() {
    JoinSide<String, String> users = side(Dataflow.named("shop"), "users");
    JoinSide<String, String> orders = side(Dataflow.named("bank"), "orders");
    assertThatThrownBy(() -> Join.of("join", LAST, COMPLETE, users, orders))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataflow shop join \"join\" has a side of Dataflow bank; join streams of one"
                + " dataflow");
  }

  @Test
  @SuppressWarnings("unchecked") // a program that the language cannot refuse
  void keyTypesThatDifferAreRefusedWithTheStep() {
    Dataflow flow = Dataflow.named("shop");
    var users = flow.from("users", TestingSource.of("a"));
    JoinSide<String, String> byName = users.keyBy(name -> name, Types.STRING).side(Types.STRING);
    JoinSide<String, String> byLength =
        users
            .keyBy(name -> name, (TypeInformation<String>) (TypeInformation<?>) Types.INT)
            .side(Types.STRING);
    assertThatThrownBy(() -> Join.of("join", LAST, COMPLETE, byName, byName(users), byLength))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Dataflow shop step \"join\" connects a stream with keys of type");
  }

  private static JoinSide<String, String> byName(dev.keyling.DataStream<String> users) {
    return users.keyBy(name -> name).side(Types.STRING);
  }

  @Test
  void aSideThatCannotBeStoredIsRefusedWithTheStep() {
    Dataflow flow = Dataflow.named("shop");
    JoinSide<String, BigDecimal> amounts =
        keyed(flow, "amounts").map(word -> BigDecimal.ONE).side(Types.of(BigDecimal.class));
    assertThatThrownBy(() -> Join.of("join", LAST, COMPLETE, side(flow, "users"), amounts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Dataflow shop step \"join\" cannot store values of type java.m");
  }

  @Test
  void aRowIsNotAskedForASideOfAnotherJoin() {
    Dataflow flow = Dataflow.named("shop");
    JoinSide<String, String> users = side(flow, "users", "a");
    JoinSide<String, String> orders = side(flow, "orders", "a");
    JoinSide<String, String> others = side(flow, "others", "a");
    Join.of("join", LAST, COMPLETE, users, orders)
        .map(row -> String.valueOf(row.get(others)))
        .print("print");
    assertThatThrownBy(() -> printed(flow))
        .hasStackTraceContaining("the row [a, a] has no such side");
  }
}
