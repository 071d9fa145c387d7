package dev.keyling.persistence.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.KeyView;
import dev.keyling.connector.Position;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.persistence.StoreException;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A savepoint is made of others, or of nothing, without a job. */
class SavepointWriterTest {
  private static final ValueStateDescriptor<String> GRADE =
      new ValueStateDescriptor<>("grade", Types.STRING);

  @TempDir private Path dir;

  /** Gives users a grade, forgets those who came once, and what pages there were. */
  private static final class Grading implements KeyedProcessFunction<String, KeyView, String> {
    private final ValueState<Long> count;
    private final ValueState<String> grade;
    private final RuntimeContext states;

    Grading(RuntimeContext ctx) {
      count = ctx.getState(Visits.COUNT);
      grade = ctx.getState(GRADE);
      states = ctx;
    }

    @Override
    public void processElement(KeyView before, Context<String> ctx, Collector<String> out) {
      if (count.value() == 1) {
        count.clear();
        states.getMapState(Visits.BY_PAGE).clear();
        states.getListState(Visits.PAGES).clear();
        before.timers().forEach(t -> ctx.timerService().deleteEventTimeTimer(t.time()));
      } else {
        grade.update(ctx.getCurrentKey() + " of " + before.states().get("count"));
        ctx.timerService().registerProcessingTimeTimer(77);
      }
    }
  }

  @Test
  void aFunctionRewritesEveryKeyOfAStep() {
    SavepointReader before = Visits.write(dir.resolve("before"), 70, 8);
    SavepointWriter.from(before)
        .rewriteStep("visits", Types.STRING, Grading::new)
        .keyGroups(3)
        .write(dir.resolve("after"));
    SavepointReader after = SavepointReader.open(dir.resolve("after"));
    Map<String, String> grades = new HashMap<>();
    after.forEachKey("visits", Types.STRING, user -> grades.put(user.key(), user.get(GRADE)));
    assertThat(grades).hasSize(60).containsEntry("user6", "user6 of 7").doesNotContainKey("user7");
    KeyView view = after.view("visits", Types.STRING, "user1");
    assertThat(view.timers()).extracting(KeyView.Timer::time).containsExactly(1L, 2L, 77L);
    assertThat(view.states()).containsOnlyKeys("byPage", "count", "grade", "pages");
  }

  @Test
  void stepsAreRemovedAndTakenOverFromOthers() {
    SavepointReader one = Visits.write(dir.resolve("one"), 20, 4);
    Visits.writer(Visits.of(30))
        .bootstrapStep("more", Types.STRING, Visits.of(10), Visits.Visit::user, Visits::new)
        .write(dir.resolve("two"));
    SavepointReader two = SavepointReader.open(dir.resolve("two"));
    SavepointWriter.from(two).removeStep("visits").write(dir.resolve("less"));
    SavepointReader less = SavepointReader.open(dir.resolve("less"));
    assertThat(less.steps()).containsExactly("more");
    SavepointWriter.from(two).takeStep(one, "visits").write(dir.resolve("both"));
    SavepointReader both = SavepointReader.open(dir.resolve("both"));
    assertThat(both.steps()).containsExactly("visits", "more");
    assertThat(Visits.contents(both, "visits")).isEqualTo(Visits.contents(one, "visits"));
    assertThat(Visits.contents(both, "more")).isEqualTo(Visits.contents(two, "more"));
  }

  @Test
  void positionsOfSourcesAreChangedAndRemoved() {
    SavepointReader before = Visits.write(dir.resolve("before"), 1, 1);
    SavepointWriter.from(before)
        .position("clicks", new Position("part-0", "7"))
        .position("orders", new Position("a/b", "8"))
        .write(dir.resolve("changed"));
    SavepointReader changed = SavepointReader.open(dir.resolve("changed"));
    assertThat(changed.manifest().positions())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "clicks/part-0", new Position("part-0", "7"),
                "orders/a/b", new Position("a/b", "8")));
    SavepointWriter.from(changed).removePositions("clicks").write(dir.resolve("removed"));
    assertThat(SavepointReader.open(dir.resolve("removed")).manifest().positions())
        .containsOnlyKeys("orders/a/b");
  }

  @Test
  void aBootstrapThatDoesNotFitIntoMemoryGoesThroughItsElementsAgain() {
    SavepointReader atOnce = Visits.write(dir.resolve("once"), 500, 16);
    AtomicInteger passes = new AtomicInteger();
    Iterable<Visits.Visit> counted =
        () -> {
          passes.incrementAndGet();
          return Visits.of(500).iterator();
        };
    SavepointWriter.empty("site")
        .bootstrapStep("visits", Types.STRING, counted, Visits.Visit::user, Visits::new, 100_000)
        .keyGroups(16)
        .write(dir.resolve("parts"));
    assertThat(passes.get()).isBetween(4, 16);
    assertThat(Visits.contents(SavepointReader.open(dir.resolve("parts")), "visits"))
        .isEqualTo(Visits.contents(atOnce, "visits"));
  }

  @Test
  void keysGetAnotherTypeByReadingThemAndMakingTheStepAnew() {
    SavepointReader before = Visits.write(dir.resolve("before"), 40, 4);
    List<KeyView> users = new ArrayList<>();
    before.forEachKey("visits", Types.STRING, user -> users.add(user.view()));
    ValueStateDescriptor<Long> count = Visits.COUNT;
    SavepointWriter.from(before)
        .<Long, KeyView, Void>bootstrapStep(
            "visits",
            Types.LONG,
            users,
            user -> Long.parseLong(((String) user.key()).substring("user".length())),
            ctx -> {
              ValueState<Long> state = ctx.getState(count);
              return (user, c, out) -> state.update((Long) user.states().get("count"));
            })
        .write(dir.resolve("after"));
    Map<Long, Long> counts = new HashMap<>();
    SavepointReader.open(dir.resolve("after"))
        .forEachKey("visits", Types.LONG, user -> counts.put(user.key(), user.get(count)));
    assertThat(counts).hasSize(40).containsEntry(13L, 7L);
  }

  @Test
  void aFunctionThatThrowsLeavesNothingBehind() throws IOException {
    SavepointReader before = Visits.write(dir.resolve("before"), 40, 4);
    SavepointWriter writer =
        SavepointWriter.from(before)
            .<String, Void>rewriteStep(
                "visits",
                Types.STRING,
                ctx ->
                    (view, c, out) -> {
                      throw new IllegalStateException("not this one");
                    });
    assertThatThrownBy(() -> writer.write(dir.resolve("after")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("dataflow \"site\" step \"visits\" key \"user")
        .hasMessageContaining("not this one")
        .hasMessageContaining("was not written");
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left).containsExactly(dir.resolve("before"));
    }
  }

  @Test
  void whatCannotBeRewrittenIsRefusedAtOnce() {
    SavepointWriter writer = SavepointWriter.from(Visits.write(dir.resolve("before"), 4, 4));
    assertThatThrownBy(() -> writer.rewriteStep("vists", Types.STRING, Grading::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are [visits]");
    assertThatThrownBy(
            () -> writer.<Long, Void>rewriteStep("visits", Types.LONG, ctx -> (v, c, out) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has keys of type string, not long");
  }
}
