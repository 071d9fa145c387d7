package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Branch;
import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.Inspected;
import dev.keyling.JobFailedException;
import dev.keyling.RestartStrategy;
import dev.keyling.semantics.Proves;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y8: operators without state, in a dataflow in one thread. */
@Proves("Y8")
class DataflowStatelessTest {
  private final Dataflow flow = Dataflow.named("shop");
  private final List<String> asked = new ArrayList<>();

  private List<?> run(DataStream<?> stream) {
    stream.print("out");
    DataflowTestHarness harness = DataflowTestHarness.of(flow);
    harness.run();
    return harness.output("out");
  }

  private String lookUp(String user) {
    asked.add(user);
    return user + asked.size();
  }

  private DataStream<String> enriched(DataStream<String> users, Duration ttl) {
    return users.enrichCached("names", this::lookUp, ttl, (cache, user) -> cache.get(user));
  }

  @Test
  void aFilterMapDropsWhatIsEmptyAndAFlattenTakesListsApart() {
    DataStream<List<Integer>> lists =
        flow.fromCollection("in", List.of("12", "x", "3"))
            .filterMap(
                text ->
                    text.equals("x")
                        ? Optional.empty()
                        : Optional.of(text.chars().map(c -> c - '0').boxed().toList()));
    assertThat(run(DataStream.flatten(lists))).isEqualTo(List.of(1, 2, 3));
  }

  @Test
  void whatWasLookedUpIsGoodAsLongAsItsAgeIsNotMoreThanTheTimeToLive() {
    TestingSource<String> source =
        TestingSource.of("ann", "ann")
            .advance(Duration.ofMillis(10))
            .then("ann")
            .advance(Duration.ofMillis(1))
            .then("ann");
    assertThat(run(enriched(flow.from("in", source), Duration.ofMillis(10))))
        .isEqualTo(List.of("ann1", "ann1", "ann1", "ann2"));
  }

  private List<?> aHundredThousandDaysApart(Duration ttl) {
    TestingSource<String> source =
        TestingSource.of("ann").advance(Duration.ofDays(100_000)).then("ann");
    return run(enriched(flow.from("in", source), ttl));
  }

  @Test
  void aTimeToLiveMayBeWithoutEnd() {
    assertThat(aHundredThousandDaysApart(Duration.ofSeconds(Long.MAX_VALUE)))
        .isEqualTo(List.of("ann1", "ann1"));
  }

  @Test
  void aTimeToLiveOfZeroIsOverWithTheMillisecond() {
    assertThat(aHundredThousandDaysApart(Duration.ZERO)).isEqualTo(List.of("ann1", "ann2"));
  }

  @Test
  void whatIsRemovedIsLookedUpAgain() {
    DataStream<String> users = flow.fromCollection("in", List.of("ann", "ann", "ann"));
    assertThat(
            run(
                users.enrichCached(
                    "names",
                    this::lookUp,
                    Duration.ofDays(1),
                    (cache, user) -> {
                      String name = cache.get(user);
                      if (name.equals("ann1")) {
                        cache.remove(user);
                      }
                      return name;
                    })))
        .isEqualTo(List.of("ann1", "ann2", "ann2"));
  }

  @Test
  void theCacheIsForgottenWithItsAttempt() {
    flow.setRestartStrategy(RestartStrategy.fixedDelay(1, Duration.ofMillis(1)))
        .enableCheckpointing(Duration.ofMillis(1));
    TestingSource<String> source = TestingSource.of("ann", "ann").crash().then("ann");
    assertThat(run(enriched(flow.from("in", source), Duration.ofDays(1))))
        .isEqualTo(List.of("ann1", "ann1", "ann2"));
  }

  @Test
  void aGetterThatFindsNothingIsNamed() {
    DataStream<String> users = flow.fromCollection("in", List.of("ann"));
    DataStream<String> names =
        users.enrichCached(
            "names",
            Map.<String, String>of()::get,
            Duration.ZERO,
            (cache, user) -> cache.get(user));
    assertThatThrownBy(() -> run(names))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("Dataflow shop step \"names\": the getter gave null for \"ann\"");
  }

  @Test
  void aNegativeTimeToLiveIsRefused() {
    DataStream<String> users = flow.fromCollection("in", List.of("ann"));
    assertThatThrownBy(() -> enriched(users, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Dataflow shop step \"names\"")
        .hasMessageContaining("PT-0.001S");
  }

  @Test
  void anElementThatOughtNotToComeFailsTheJobAndIsNamed() {
    Branch<Integer> parts =
        flow.fromCollection("in", List.of(1, 2, -3, 4)).branch(amount -> amount > 0);
    parts.falses().raises("no-debts");
    assertThatThrownBy(() -> run(parts.trues()))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("Dataflow shop step \"no-debts\"")
        .hasMessageContaining("-3");
  }

  @Test
  void nothingHappensIfNothingComesWhereNothingMayCome() {
    Branch<Integer> parts = flow.fromCollection("in", List.of(1, 2)).branch(amount -> amount > 0);
    parts.falses().raises("no-debts");
    assertThat(run(parts.trues())).isEqualTo(List.of(1, 2));
  }

  @Test
  void anInspectionTellsKeyTimeAndWhereabouts() {
    List<Inspected<Integer>> seen = new ArrayList<>();
    TestingSource<Integer> source = TestingSource.timestamped(new TimestampedValue<>(7, 1000L));
    flow.from("in", source.then(8))
        .inspectDebug("bare", seen::add)
        .keyBy(i -> "k" + i)
        .inspectDebug("keyed", seen::add)
        .keyRemove()
        .inspectDebug("removed", seen::add)
        .print("out");
    DataflowTestHarness.of(flow).run();
    assertThat(seen)
        .extracting(Inspected::toString)
        .containsExactly(
            "bare: 7 at 1970-01-01T00:00:01Z (harness, attempt 1)",
            "keyed: k7: 7 at 1970-01-01T00:00:01Z (harness, attempt 1)",
            "removed: 7 at 1970-01-01T00:00:01Z (harness, attempt 1)",
            "bare: 8 (harness, attempt 1)",
            "keyed: k8: 8 (harness, attempt 1)",
            "removed: 8 (harness, attempt 1)");
  }

  @Test
  void redistributedElementsAreAllThereWithTheirTimestamps() {
    List<Long> times = new ArrayList<>();
    TestingSource<Integer> source =
        TestingSource.timestamped(new TimestampedValue<>(1, 10L), new TimestampedValue<>(2, 20L));
    DataStream<Integer> spread =
        flow.from("in", source)
            .redistribute("spread")
            .inspectDebug("look", each -> times.add(each.timestamp()));
    assertThat(run(spread)).isEqualTo(List.of(1, 2));
    assertThat(times).containsExactly(10L, 20L);
  }
}
