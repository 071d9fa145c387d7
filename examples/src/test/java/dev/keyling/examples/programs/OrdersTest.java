package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import dev.keyling.examples.programs.Orders.Entry;
import dev.keyling.examples.programs.Orders.Order;
import dev.keyling.examples.programs.Orders.User;
import dev.keyling.examples.programs.Orders.UserOrder;
import dev.keyling.testing.DataflowTestHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrdersTest {

  /** What there is of one id, and the join of it in the simplest way. */
  private record Held(List<String> names, List<String> items) {
    Held() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(Entry entry, JoinInsertMode insert) {
      List<String> side = entry instanceof User ? names : items;
      if (insert == JoinInsertMode.LAST) {
        side.clear();
      }
      if (insert != JoinInsertMode.FIRST || side.isEmpty()) {
        side.add(entry instanceof User user ? user.name() : ((Order) entry).item());
      }
    }

    boolean isComplete() {
      return !names.isEmpty() && !items.isEmpty();
    }

    List<UserOrder> rows() {
      List<UserOrder> rows = new ArrayList<>();
      for (String name : names.isEmpty() ? Collections.<String>singletonList(null) : names) {
        for (String item : items.isEmpty() ? Collections.<String>singletonList(null) : items) {
          rows.add(new UserOrder(name, item));
        }
      }
      return rows;
    }
  }

  private static List<UserOrder> naive(
      List<Entry> entries, JoinInsertMode insert, JoinEmitMode emit) {
    List<UserOrder> rows = new ArrayList<>();
    Map<String, Held> byId = new TreeMap<>();
    for (Entry entry : entries) {
      String id = entry instanceof User user ? user.id() : ((Order) entry).user();
      Held held = byId.computeIfAbsent(id, key -> new Held());
      held.add(entry, insert);
      if (emit == JoinEmitMode.RUNNING || (emit == JoinEmitMode.COMPLETE && held.isComplete())) {
        rows.addAll(held.rows());
      }
      if (emit == JoinEmitMode.COMPLETE && held.isComplete()) {
        byId.remove(id);
      }
    }
    if (emit == JoinEmitMode.FINAL) {
      byId.values().forEach(held -> rows.addAll(held.rows()));
    }
    return rows;
  }

  private static Stream<Arguments> modes() {
    return Arrays.stream(JoinInsertMode.values())
        .flatMap(
            insert -> Arrays.stream(JoinEmitMode.values()).map(emit -> Arguments.of(insert, emit)));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void joinsAsTheSimplestProgramDoes(JoinInsertMode insert, JoinEmitMode emit) {
    Random random = new Random(11);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String id = "u" + random.nextInt(12);
      entries.add(random.nextInt(3) == 0 ? new User(id, "name" + i) : new Order(id, "item" + i));
    }
    Dataflow flow = Dataflow.named("test");
    Orders.of(flow.fromCollection("input", entries), insert, emit).rows().print("outputs");
    DataflowTestHarness harness = DataflowTestHarness.of(flow);
    harness.run();
    List<UserOrder> expected = naive(entries, insert, emit);
    assertThat(expected).isNotEmpty();
    if (emit == JoinEmitMode.FINAL) {
      assertThat(harness.output("outputs"))
          .hasSameSizeAs(expected)
          .hasSameElementsAs((List) expected);
    } else {
      assertThat(harness.output("outputs")).isEqualTo(expected);
    }
  }
}
