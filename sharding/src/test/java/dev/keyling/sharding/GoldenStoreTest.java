package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.KeyView;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole stores that earlier versions wrote are opened and gone on with; number 1 has no types of
 * values, and those before number 3 have seals without salt. A store of today is left in {@code
 * target/golden/store.zip}: when the stored format has changed on purpose, copy it beside the
 * others, under the next number, and never touch a fixture that is there.
 */
class GoldenStoreTest {
  @TempDir private Path dir;

  record Visit(String page, Instant at, Optional<String> from, List<DayOfWeek> days) {}

  /** Remembers in states of several kinds, and sets a timer that does not fire. */
  private static final class Remembering implements KeyedProcessFunction<String, Integer, String> {
    private final ValueState<Visit> last;
    private final ListState<Visit> visits;
    private final MapState<String, Integer> numbers;
    private final ReducingState<Long> sum;

    Remembering(RuntimeContext ctx) {
      last = ctx.getState(new ValueStateDescriptor<>("last", Visit.class));
      visits = ctx.getListState(new ListStateDescriptor<>("visits", Types.of(Visit.class)));
      numbers = ctx.getMapState(new MapStateDescriptor<>("numbers", Types.STRING, Types.INT));
      sum = ctx.getReducingState(new ReducingStateDescriptor<>("sum", Long::sum, Types.LONG));
    }

    @Override
    public void processElement(Integer number, Context<String> ctx, Collector<String> out) {
      Visit visit =
          new Visit(
              "page" + number,
              Instant.ofEpochSecond(number),
              number % 2 == 0 ? Optional.empty() : Optional.of("käte"),
              List.of(DayOfWeek.MONDAY));
      last.update(visit);
      visits.add(visit);
      numbers.put("n" + number, number);
      sum.add((long) number);
      ctx.timerService().registerEventTimeTimer(10_000L + number);
    }
  }

  private static Dataflow flow() {
    Dataflow flow = Dataflow.named("golden").enableCheckpointing(Duration.ofDays(1));
    flow.from("in", CrashingSource.of(6, i -> i).endless())
        .keyBy(number -> "key" + number % 3)
        .process("remember", Remembering::new)
        .to("out", Sinks.collect(new ArrayList<>()));
    return flow;
  }

  /** Opens a store with the program that wrote it, and says what its first two keys hold. */
  private static List<String> inWords(Path store) {
    try (TestSystem system = TestSystem.start(store)) {
      Job job = TestSystem.running(system.run(flow()));
      List<String> words = new ArrayList<>();
      for (String key : List.of("key0", "key1", "key2")) {
        KeyView view = TestSystem.await(job.view("remember", key));
        view.states().forEach((name, value) -> words.add(key + " " + name + " " + value));
        view.timers().forEach(timer -> words.add(key + " " + timer));
      }
      TestSystem.await(job.cancel());
      return words;
    }
  }

  private static void assertHoldsWhatWasRemembered(Path store) {
    assertThat(inWords(store))
        .contains(
            "key0 last Visit[page=page3, at=1970-01-01T00:00:03Z, from=Optional[käte],"
                + " days=[MONDAY]]",
            "key0 numbers {n0=0, n3=3}",
            "key0 sum 3",
            "key0 visits [Visit[page=page0, at=1970-01-01T00:00:00Z, from=Optional.empty,"
                + " days=[MONDAY]], Visit[page=page3, at=1970-01-01T00:00:03Z,"
                + " from=Optional[käte], days=[MONDAY]]]",
            "key0 Timer[domain=EVENT_TIME, time=10000]",
            "key0 Timer[domain=EVENT_TIME, time=10003]",
            "key1 sum 5",
            "key2 sum 7")
        .hasSize(18);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aStoreOfEveryFormatIsGoneOnWith(int number) throws IOException {
    try (InputStream in =
        GoldenStoreTest.class.getResourceAsStream("/golden/store-" + number + ".zip")) {
      unzip(Objects.requireNonNull(in, "fixture " + number), dir);
    }
    assertHoldsWhatWasRemembered(dir);
  }

  @Test
  void aStoreOfTodayHoldsTheSame() throws IOException {
    try (TestSystem system = TestSystem.start(dir)) {
      Job job = TestSystem.running(system.run(flow()));
      TestSystem.until(
          "all is handled",
          () ->
              TestSystem.await(job.view("remember", "key2")).timers().size() == 2
                  && TestSystem.await(job.view("remember", "key1")).timers().size() == 2
                  && TestSystem.await(job.view("remember", "key0")).timers().size() == 2);
      TestSystem.await(job.triggerCheckpoint());
      TestSystem.await(job.cancel());
    }
    zip(dir, Files.createDirectories(Path.of("target", "golden")).resolve("store.zip"));
    assertHoldsWhatWasRemembered(dir);
  }

  private static void zip(Path store, Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
        Stream<Path> files = Files.walk(store)) {
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(store.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, zip);
        zip.closeEntry();
      }
    }
  }

  private static void unzip(InputStream from, Path store) throws IOException {
    ZipInputStream zip = new ZipInputStream(from);
    for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
      Path file = store.resolve(entry.getName());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.copy(zip, file);
    }
  }
}
