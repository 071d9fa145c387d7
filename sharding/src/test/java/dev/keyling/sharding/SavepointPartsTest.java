package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobFailedException;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A savepoint holds operators and broadcast states, and both are parted anew. */
class SavepointPartsTest {
  private static final ListStateDescriptor<Integer> SEEN =
      new ListStateDescriptor<>("seen", Types.INT);

  @TempDir private Path dir;

  /** Remembers every element, and notes what it begins with. */
  private static final class Remembering implements ProcessFunction<Integer, String> {
    private final ListState<Integer> seen;

    Remembering(OperatorContext ctx, List<Integer> found) {
      seen = ctx.getListState(SEEN);
      seen.get().forEach(found::add);
    }

    @Override
    public void processElement(Integer value, Collector<String> out) {
      seen.add(value);
      out.collect("" + value);
    }
  }

  private TestSystem start(int number) {
    return TestSystem.start(
        dir.resolve("store" + number),
        "keyling.persistence.leveldb.key-groups",
        "" + number,
        "keyling.sharding.operator-partitions",
        "" + number);
  }

  private Dataflow remembering(CrashingSource<Integer> source, List<Integer> found) {
    Dataflow flow = Dataflow.named("remembering");
    flow.from("in", source)
        .transform("operator", ctx -> new Remembering(ctx, found))
        .to("out", Sinks.lines(dir.resolve("out.txt")));
    return flow.enableCheckpointing(Duration.ofMillis(20));
  }

  @Test
  void everyItemOfAnOperatorsListIsThereOnceInAnotherNumberOfPartitions() {
    int size = 1000;
    Savepoint savepoint;
    try (TestSystem system = start(8)) {
      CrashingSource<Integer> source = CrashingSource.of(size, i -> i).endless();
      Job job = TestSystem.running(system.run(remembering(source, new ArrayList<>())));
      TestSystem.until("all is read", () -> source.furthest() == size - 1);
      savepoint = TestSystem.await(job.stopWithSavepoint(dir.resolve("sp")));
      TestSystem.await(job.completion());
    }
    List<Integer> found = Collections.synchronizedList(new ArrayList<>());
    try (TestSystem system = start(3)) {
      Dataflow flow = remembering(CrashingSource.of(size + 10, i -> i), found);
      TestSystem.await(system.local().keyling().run(flow, savepoint).completion());
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, size).boxed().toList());
    assertThat(Tallies.written(dir.resolve("out.txt"))).hasSize(size + 10).doesNotHaveDuplicates();
  }

  @Test
  void anOperatorThatWasKeyedIsRefused() {
    Savepoint savepoint = Tallies.made(dir.resolve("sp"), 1, 8);
    Dataflow flow = Dataflow.named("tallies");
    flow.from("in", Tallies.elements(10))
        .transform(Tallies.STEP, ctx -> new Remembering(ctx, new ArrayList<>()))
        .print("out");
    flow.enableCheckpointing(Duration.ofMillis(20));
    try (TestSystem system = start(4)) {
      Job job = system.local().keyling().run(flow, savepoint);
      assertThatThrownBy(() -> TestSystem.await(job.completion()))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("step \"count\" is keyed in savepoint")
          .hasMessageContaining("and an operator in the program");
    }
  }

  /** Elements are numbered; keys are their last digits. */
  private Dataflow ruled(CrashingSource<Integer> elements, CrashingSource<Long> rules) {
    Dataflow flow = Dataflow.named("ruled");
    flow.from("elements", elements)
        .keyBy(element -> element % 10, Types.INT)
        .connect(flow.from("rules", rules).broadcast())
        .process("step", ctx -> new RulesCounter(ctx, new RulesCounter.Crashes()))
        .to("out", Sinks.lines(dir.resolve("out.txt")));
    return flow.enableCheckpointing(Duration.ofMillis(20));
  }

  @Test
  void broadcastStateComesToEveryNewKeyGroup() {
    Savepoint savepoint;
    try (TestSystem system = start(8)) {
      CrashingSource<Long> rules = CrashingSource.of(4, i -> (long) i).endless();
      CrashingSource<Integer> elements = CrashingSource.of(10, i -> i).endless();
      Job job = TestSystem.running(system.run(ruled(elements, rules)));
      TestSystem.until(
          "all is handled", () -> Tallies.written(dir.resolve("out.txt")).size() == 8 * 4);
      savepoint = TestSystem.await(job.stopWithSavepoint(dir.resolve("sp")));
      TestSystem.await(job.completion());
    }
    try (TestSystem system = start(5)) {
      Dataflow flow = ruled(CrashingSource.of(10, i -> i), CrashingSource.of(5, i -> (long) i));
      TestSystem.await(system.local().keyling().run(flow, savepoint).completion());
    }
    List<String> fifth =
        Tallies.written(dir.resolve("out.txt")).stream().filter(l -> l.endsWith(" 5")).toList();
    assertThat(fifth)
        .filteredOn(line -> line.startsWith("group"))
        .containsExactlyElementsOf(
            IntStream.range(0, 5).mapToObj(group -> "group " + group + " 5").toList());
  }
}
