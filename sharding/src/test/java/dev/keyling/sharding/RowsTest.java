package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that is flushed to rows, trimmed from the journal and read back. */
class RowsTest {
  @TempDir private Path dir;

  private final List<String> out = Collections.synchronizedList(new ArrayList<>());

  private TestSystem start() {
    return TestSystem.start(
        dir,
        "keyling.actors.max-live-keys",
        "24",
        "keyling.actors.flush-interval",
        "5ms",
        "keyling.actors.commit-part-size",
        "2KiB");
  }

  /** An order: what to do with an entry of a key. */
  private record Order(int key, String what, int entry) {}

  /** Does as it is told, with a list and a map. */
  private static final class Clerk implements KeyedProcessFunction<Integer, Order, String> {
    private final ListState<Integer> list;
    private final MapState<Integer, String> map;

    Clerk(RuntimeContext ctx) {
      list = ctx.getListState(new ListStateDescriptor<>("list", Types.INT));
      map = ctx.getMapState(new MapStateDescriptor<>("map", Types.INT, Types.STRING));
    }

    @Override
    public void processElement(Order order, Context<Integer> ctx, Collector<String> out) {
      switch (order.what()) {
        case "add" -> {
          list.add(order.entry());
          map.put(order.entry(), "v" + order.entry());
        }
        case "remove" -> map.remove(order.entry());
        case "clear" -> {
          list.clear();
          map.clear();
        }
        default -> {
          List<Integer> elements = new ArrayList<>();
          list.get().forEach(elements::add);
          Map<Integer, String> entries = new TreeMap<>();
          map.entries().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
          out.collect(ctx.getCurrentKey() + " " + elements + " " + entries);
        }
      }
    }
  }

  private Dataflow clerk(List<Order> orders) {
    Dataflow flow = Dataflow.named("clerk").enableCheckpointing(Duration.ofMillis(5));
    flow.from("in", CrashingSource.of(orders.size(), orders::get).endless())
        .keyBy(Order::key)
        .process("do", Clerk::new)
        .to("out", Sinks.collect(out));
    return flow;
  }

  /** Runs the orders, goes on with checkpoints until something is so, and stops. */
  private void run(TestSystem system, List<Order> orders, int unread, BooleanSupplier until) {
    Job job = TestSystem.running(system.run(clerk(orders)));
    TestSystem.until("all is read", () -> job.progress().elements() == unread);
    TestSystem.await(job.triggerCheckpoint());
    TestSystem.until("what is expected", until);
    TestSystem.await(job.cancel());
  }

  private static long keysInRows(TestSystem system) {
    RowStore rows = EmbeddedStore.get(system.local().system()).rows();
    long keys = 0;
    for (int group = 0; group < 8; group++) {
      GroupAddress address = new GroupAddress("clerk", "do", group);
      keys += rows.keys(address, History.everything(), null, Integer.MAX_VALUE).size();
    }
    return keys;
  }

  @Test
  void listsAndMapsOfManyEntriesComeBackEntryForEntryAndDeletedKeysLeaveNothing() {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      orders.add(new Order(i % 30, "add", i));
    }
    for (int i = 0; i < 3_000; i += 2) {
      orders.add(new Order(i % 30, "remove", i));
    }
    try (TestSystem system = start()) {
      run(system, orders, orders.size(), () -> keysInRows(system) == 30);
    }
    int done = orders.size();
    IntStream.range(0, 30).forEach(key -> orders.add(new Order(key, "show", 0)));
    try (TestSystem system = start()) {
      Job job = system.run(clerk(orders));
      TestSystem.until("all are shown", () -> out.size() == 30);
      assertThat(job.progress().elements()).isEqualTo(orders.size() - done);
      TestSystem.await(job.triggerCheckpoint());
      TestSystem.await(job.cancel());
      assertThat(out).containsExactlyInAnyOrderElementsOf(expected());
      IntStream.range(0, 30).forEach(key -> orders.add(new Order(key, "clear", 0)));
      run(system, orders, 30, () -> keysInRows(system) == 0);
    }
  }

  private static List<String> expected() {
    Map<Integer, List<Integer>> lists = new HashMap<>();
    Map<Integer, Map<Integer, String>> maps = new HashMap<>();
    for (int i = 0; i < 6_000; i++) {
      lists.computeIfAbsent(i % 30, key -> new ArrayList<>()).add(i);
      if (i >= 3_000 || i % 2 == 1) {
        maps.computeIfAbsent(i % 30, key -> new TreeMap<>()).put(i, "v" + i);
      }
    }
    return lists.keySet().stream()
        .map(key -> key + " " + lists.get(key) + " " + maps.get(key))
        .toList();
  }
}
