package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyling.examples.Main;
import dev.keyling.examples.cli.Clerk.Order;
import dev.keyling.examples.cli.Clerk.Visit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
  private static final long FAR = 5_000_000_000_000L;

  /** A number that has a text which, as a key itself, is in another key group … */
  private static final long QUIET =
      LongStream.range(0, 100)
          .filter(n -> Shop.group("long", n) != Shop.group("string", n))
          .findFirst()
          .getAsLong();

  /** … and a number in that key group. */
  private static final long BUSY =
      LongStream.range(0, 100)
          .filter(n -> Shop.group("long", n) == Shop.group("string", QUIET))
          .findFirst()
          .getAsLong();

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path dir;

  private static Shop.Stop allInRows;
  private static Shop.Stop partlyInJournal;
  private static Shop.Stop inRowsAgain;

  @BeforeAll
  static void runThreeTimes() throws Exception {
    Shop shop = new Shop(dir.resolve("data"), USER);
    Order first =
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
            });
    allInRows = shop.run(first, Shop.Commits.BECOME_ROWS);
    shop.copy(dir.resolve("rows"));
    Order second =
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
            });
    partlyInJournal = shop.run(second, Shop.Commits.STAY_IN_THE_JOURNAL);
    shop.copy(dir.resolve("both"));
    Order third =
        order(
            BUSY,
            (clerk, timers) -> {
              clerk.last.update(new Visit("end", 2, List.of(), "start"));
              clerk.cart.remove("apple");
              clerk.prices.add(4);
              clerk.total.clear();
            });
    inRowsAgain = shop.run(third, Shop.Commits.BECOME_ROWS);
    shop.copy(dir.resolve("again"));
  }

  private static Order order(long number, Clerk.Act act) {
    return new Order(USER, number, act);
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

  private void assertDumped(Shop.Stop expected, Set<String> places) throws IOException {
    JsonNode dump = JSON.readTree(out.toByteArray());
    assertThat(dump.get("checkpoint").asLong()).isEqualTo(expected.checkpoint());
    Set<String> storedIn = new TreeSet<>(dump.get("entries").findValuesAsText("storedIn"));
    assertThat(storedIn).isEqualTo(places);
    assertThat(DumpedView.of(dump.get("entries"))).isEqualTo(DumpedView.of(expected.view()));
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
  void tellsWhatTheViewToldAtAnEarlierCheckpointThatIsRetained() throws IOException {
    assertThat(dump("both", "--as-of", Long.toString(allInRows.checkpoint()))).isZero();
    assertDumped(allInRows, Set.of("rows"));
  }

  @Test
  void tellsItWhenNewerRowsHaveComeSince() throws IOException {
    assertThat(dump("again", "--as-of", Long.toString(partlyInJournal.checkpoint()))).isZero();
    assertDumped(partlyInJournal, Set.of("rows"));
  }

  @Test
  void refusesAnEarlierCheckpointThatIsNotRetainedAnyMore() {
    assertThat(dump("again", "--as-of", Long.toString(allInRows.checkpoint()))).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8))
        .hasLineCount(1)
        .contains("checkpoint " + allInRows.checkpoint() + " of dataflow \"shop\" is not retained")
        .contains("these are: " + partlyInJournal.checkpoint() + ", " + inRowsAgain.checkpoint());
  }

  @Test
  void readsAnEarlierCheckpointWhereTheKeyIsAndNotWhereItsTextWouldBe() throws IOException {
    String earlier = Long.toString(partlyInJournal.checkpoint());
    assertThat(dumpOf("numbers", QUIET, "again", "--as-of", earlier)).isZero();
    JsonNode dump = JSON.readTree(out.toByteArray());
    assertThat(dump.get("keyReadAs").asText()).isEqualTo("long");
    assertThat(dump.get("entries").get(0).get("value").asLong()).isEqualTo(1);
    out.reset();
    assertThat(dumpOf("numbers", QUIET, "again", "--as-of", earlier, "--key-type", "string"))
        .isZero();
    assertThat(JSON.readTree(out.toByteArray()).get("entries")).isEmpty();
  }
}
