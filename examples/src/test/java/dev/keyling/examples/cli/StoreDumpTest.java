package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.KeyView;
import dev.keyling.connector.Sinks;
import dev.keyling.examples.Main;
import dev.keyling.examples.cli.Clerk.Order;
import dev.keyling.examples.cli.Clerk.Visit;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.KeyText;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.sharding.LocalSystem;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code store dump} tells of a job that was stopped what {@code Job.view} told of it while it ran:
 * with all in rows, and with rows and journal behind them.
 */
class StoreDumpTest {
  private static final String USER = "u";
  private static final int KEY_GROUPS = 4;
  private static final long FAR = 5_000_000_000_000L;

  /** A number that has a text which, as a key itself, is in another key group … */
  private static final long QUIET =
      LongStream.range(0, 100)
          .filter(n -> group("long", n) != group("string", n))
          .findFirst()
          .getAsLong();

  /** … and a number in that key group. */
  private static final long BUSY =
      LongStream.range(0, 100)
          .filter(n -> group("long", n) == group("string", QUIET))
          .findFirst()
          .getAsLong();

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path dir;

  /** What was seen at a checkpoint of a job that then stopped. */
  private record Stop(long checkpoint, KeyView view) {}

  private static final OpenSource<Order> ORDERS = new OpenSource<>();
  private static Stop allInRows;
  private static Stop partlyInJournal;
  private static Stop inRowsAgain;

  @BeforeAll
  static void runThreeTimes() throws Exception {
    ORDERS.add(
        order(
            QUIET,
            (clerk, timers) -> {
              clerk.last.update(new Visit("start", 1, List.of("new", "käte"), null));
              for (int page = 0; page < 150; page++) {
                clerk.pages.add(page);
              }
              for (String item : List.of("apple", "pear", "plum")) {
                clerk.cart.put(item, (long) item.length());
              }
              clerk.total.add(7L);
              clerk.prices.add(3);
              timers.registerEventTimeTimer(1_000);
              timers.registerEventTimeTimer(2_000);
              timers.registerProcessingTimeTimer(FAR);
              timers.registerProcessingTimeTimer(FAR + 1);
            }));
    allInRows = run("1 B", QUIET);
    copy("rows");
    ORDERS.add(
        order(
            BUSY,
            (clerk, timers) -> {
              clerk.pages.add(150);
              clerk.cart.remove("pear");
              clerk.cart.put("quince", 6L);
              clerk.total.add(4L);
              timers.deleteEventTimeTimer(1_000);
              timers.deleteProcessingTimeTimer(FAR);
              timers.registerEventTimeTimer(3_000);
            }));
    partlyInJournal = run("1 GiB", BUSY);
    copy("both");
    ORDERS.add(
        order(
            BUSY,
            (clerk, timers) -> {
              clerk.last.update(new Visit("end", 2, List.of(), "start"));
              clerk.cart.remove("apple");
              clerk.prices.add(4);
              clerk.total.clear();
            }));
    inRowsAgain = run("1 B", BUSY);
    copy("again");
  }

  private static Order order(long number, Clerk.Act act) {
    return new Order(USER, number, act);
  }

  private static Stop run(String flushSize, long number) throws Exception {
    Config config =
        ConfigFactory.parseMap(
            Map.of(
                "keyling.persistence.leveldb.dir",
                dir.resolve("data").toString(),
                "keyling.persistence.leveldb.key-groups",
                KEY_GROUPS,
                "keyling.actors.flush-size",
                flushSize,
                "keyling.actors.flush-interval",
                "1h"));
    Dataflow flow = Dataflow.named("shop").enableCheckpointing(Duration.ofHours(1));
    DataStream<Order> orders = flow.from("orders", ORDERS);
    orders
        .keyBy(Order::number)
        .map("numbers", StoreDumpTest::counting)
        .to("counts", Sinks.collect(new ArrayList<>()));
    orders
        .keyBy(Order::user)
        .process("clerk", Clerk::new)
        .to("out", Sinks.collect(new ArrayList<>()));
    try (LocalSystem local = LocalSystem.start("dump", config)) {
      Job job = local.keyling().run(flow);
      until(() -> job.status() == JobStatus.RUNNING && job.progress().elements() == 1);
      long checkpoint = await(job.triggerCheckpoint()).id();
      if (flushSize.equals("1 B")) {
        until(() -> mark(local, "clerk", group("string", USER)) == checkpoint);
        until(() -> mark(local, "numbers", group("long", number)) == checkpoint);
      }
      KeyView view = await(job.view("clerk", USER));
      await(job.cancel());
      return new Stop(checkpoint, view);
    }
  }

  private static MapFunction<Order, Long> counting(RuntimeContext ctx) {
    ReducingState<Long> count =
        ctx.getReducingState(new ReducingStateDescriptor<>("count", Long::sum, Types.LONG));
    return order -> {
      count.add(1L);
      return count.get();
    };
  }

  private static int group(String type, Object key) {
    return KeyText.groups(KeyText.readings(key.toString()).get(type), KEY_GROUPS).get(0);
  }

  private static long mark(LocalSystem local, String step, int group) {
    GroupAddress address = new GroupAddress("shop", step, group);
    return EmbeddedStore.get(local.system()).rows().mark(address).map(Mark::id).orElse(-1L);
  }

  private static void copy(String name) throws IOException {
    try (var files = Files.walk(dir.resolve("data"))) {
      for (Path file : files.toList()) {
        Files.copy(file, dir.resolve(name).resolve(dir.resolve("data").relativize(file)));
      }
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within 30 s").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int dump(String store, String... options) {
    return dumpOf("clerk", USER, store, options);
  }

  private int dumpOf(String step, Object key, String store, String... options) {
    List<String> args = new ArrayList<>(List.of("store", "dump", dir.resolve(store).toString()));
    args.addAll(List.of("--step", step, "--key", key.toString()));
    args.addAll(List.of(options));
    out.reset();
    return Main.run(
        args.toArray(String[]::new),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private void assertDumped(Stop expected, Set<String> places) throws IOException {
    JsonNode dump = JSON.readTree(out.toByteArray());
    assertThat(dump.get("checkpoint").asLong()).isEqualTo(expected.checkpoint());
    Set<String> storedIn = new TreeSet<>(dump.get("entries").findValuesAsText("storedIn"));
    assertThat(storedIn).isEqualTo(places);
    assertThat(asView(dump.get("entries"))).isEqualTo(plain(expected.view()));
  }

  /** Returns a view as JSON of maps and lists. */
  private static JsonNode plain(KeyView view) throws IOException {
    Map<String, Long> stamps = new TreeMap<>();
    view.lastAccess().forEach((state, time) -> stamps.put(state, time.toEpochMilli()));
    return tree(
        Map.of(
            "states", view.states(),
            "stamps", stamps,
            "timers", view.timers(),
            "sweeps", view.sweeps()));
  }

  /** Returns the entries of a dump, put together as in a view. */
  private static JsonNode asView(JsonNode entries) throws IOException {
    Map<String, Object> states = new TreeMap<>();
    Map<String, Long> stamps = new TreeMap<>();
    Map<String, List<Object>> wakeUps =
        Map.of("timer", new ArrayList<>(), "sweep", new ArrayList<>());
    for (JsonNode entry : entries) {
      String state = entry.path("state").asText();
      if (!entry.has("state")) {
        String kind = entry.has("timer") ? "timer" : "sweep";
        wakeUps.get(kind).add(Map.of("domain", entry.get(kind), "time", entry.get("atMs")));
      } else if (entry.has("elements")) {
        List<JsonNode> list = list(states.computeIfAbsent(state, name -> new ArrayList<>()));
        list.addAll(entry.get("elements").findValues("value"));
      } else if (entry.has("key")) {
        map(states.computeIfAbsent(state, name -> new LinkedHashMap<>()))
            .put(entry.get("key").asText(), entry.get("value"));
      } else {
        states.put(state, entry.get("value"));
      }
      if (entry.has("stampMs")) {
        stamps.put(state, entry.get("stampMs").asLong());
      }
    }
    return tree(
        Map.of(
            "states",
            states,
            "stamps",
            stamps,
            "timers",
            wakeUps.get("timer"),
            "sweeps",
            wakeUps.get("sweep")));
  }

  @SuppressWarnings("unchecked")
  private static List<JsonNode> list(Object list) {
    return (List<JsonNode>) list;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, JsonNode> map(Object map) {
    return (Map<String, JsonNode>) map;
  }

  private static JsonNode tree(Object value) throws IOException {
    return JSON.readTree(JSON.writeValueAsBytes(value));
  }

  @Test
  void tellsWhatTheViewToldWhenAllIsInRows() throws IOException {
    assertThat(dump("rows")).isZero();
    assertDumped(allInRows, Set.of("rows"));
    JsonNode entries = JSON.readTree(out.toByteArray()).get("entries");
    assertThat(entries.findValues("chunk")).hasSizeGreaterThan(2);
    assertThat(new TreeSet<>(entries.findValuesAsText("kind"))).hasSize(5);
    assertThat(new TreeSet<>(entries.findValuesAsText("timer"))).hasSize(2);
    assertThat(entries.findValues("timer")).hasSize(4);
    assertThat(entries.findValues("sweep")).hasSize(1);
    assertThat(entries.findValues("stampMs")).hasSize(1);
    assertThat(entries.findValues("page")).singleElement().hasToString("\"start\"");
  }

  @Test
  void tellsWhatTheViewToldWhenSomeIsInRowsAndSomeInTheJournal() throws IOException {
    assertThat(dump("both")).isZero();
    assertDumped(partlyInJournal, Set.of("journal", "rows"));
    assertThat(out.toString(UTF_8)).contains("quince").doesNotContain("pear");
  }

  @Test
  void tellsWhatTheViewToldWhenRowsWereOverwrittenAndRemoved() throws IOException {
    assertThat(dump("again")).isZero();
    assertDumped(inRowsAgain, Set.of("rows"));
    assertThat(out.toString(UTF_8)).contains("prices").doesNotContain("apple", "total");
  }

  @Test
  void tellsWhatTheViewToldAtAnEarlierCheckpointThatTheRowsAreStillAsOf() throws IOException {
    assertThat(dump("both", "--as-of", Long.toString(allInRows.checkpoint()))).isZero();
    assertDumped(allInRows, Set.of("rows"));
  }

  @Test
  void refusesAnEarlierCheckpointThatTheRowsAreNotAsOfAnyMore() {
    assertThat(dump("again", "--as-of", Long.toString(partlyInJournal.checkpoint()))).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8))
        .hasLineCount(1)
        .contains("key \"u\" of step clerk of dataflow shop")
        .contains("at checkpoint " + partlyInJournal.checkpoint() + " is gone")
        .contains("as of checkpoint " + inRowsAgain.checkpoint())
        .contains("ask for that one or a newer one");
  }

  @Test
  void readsAnEarlierCheckpointWhereTheKeyIsAndNotWhereItsTextWouldBe() throws IOException {
    String earlier = Long.toString(allInRows.checkpoint());
    assertThat(dumpOf("numbers", QUIET, "again", "--as-of", earlier)).isZero();
    JsonNode dump = JSON.readTree(out.toByteArray());
    assertThat(dump.get("keyReadAs").asText()).isEqualTo("long");
    assertThat(dump.get("entries").get(0).get("value").asLong()).isEqualTo(1);
    assertThat(dumpOf("numbers", QUIET, "again", "--as-of", earlier, "--key-type", "string"))
        .isEqualTo(2);
  }
}
