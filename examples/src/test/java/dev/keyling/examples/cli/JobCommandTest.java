package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyling.KeyView;
import dev.keyling.examples.Main;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code job} tells of a job that was stopped: what its view told, and what it had done. */
class JobCommandTest {
  private static final String USER = "u";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path dir;

  private static Shop.Stop first;
  private static Shop.Stop second;
  private static Shop.Stop third;
  private static Shop.Stop untouched;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** After each run the store is copied: both has rows and a journal, again has rows only. */
  @BeforeAll
  static void runThreeTimes() throws Exception {
    Shop shop = new Shop(dir.resolve("data"), USER);
    first = shop.run(Visits.order(USER, Visits::arrive), Shop.Commits.BECOME_ROWS);
    second = shop.run(Visits.order(USER, Visits::change), Shop.Commits.STAY_IN_THE_JOURNAL);
    shop.copy(dir.resolve("both"));
    third = shop.run(Visits.order(USER, Visits::leave), Shop.Commits.BECOME_ROWS);
    shop.copy(dir.resolve("again"));
    Shop other = new Shop(dir.resolve("journal"), USER);
    untouched = other.run(Visits.order(USER, Visits::arrive), Shop.Commits.STAY_IN_THE_JOURNAL);
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return Main.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private int job(String command, String store, String... options) {
    List<String> args = new ArrayList<>(List.of("job", command, dir.resolve(store).toString()));
    args.addAll(List.of(options));
    return run(args.toArray(String[]::new));
  }

  private int ofUser(String command, String store, String... options) {
    List<String> all = new ArrayList<>(List.of("--step", "clerk", "--key", USER));
    all.addAll(List.of(options));
    return job(command, store, all.toArray(String[]::new));
  }

  private List<String> lines() {
    return out.toString(UTF_8).lines().toList();
  }

  private List<JsonNode> jsonLines() throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : lines()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  @Test
  void listsTheCheckpointsThatAreRetained() throws IOException {
    assertThat(job("checkpoints", "again")).isZero();
    assertThat(lines()).hasSize(4);
    assertThat(lines().get(0))
        .isEqualTo(
            "dataflow shop, attempt 3; what counts: checkpoint %d of attempt 1, checkpoint %d of attempt 2, checkpoint %d of attempt 3"
                .formatted(first.checkpoint(), second.checkpoint(), third.checkpoint()));
    assertThat(lines().get(2)).contains(" " + second.checkpoint() + "  ").endsWith("the store");
    assertThat(lines().get(3))
        .contains(" " + third.checkpoint() + "  ")
        .endsWith("the store  <- newest");

    List<String> table = lines();
    assertThat(job("checkpoints", "again", "--json", "--dataflow", "shop")).isZero();
    JsonNode list = jsonLines().get(0);
    assertThat(list.findValuesAsText("keys")).as("keys of the two steps").containsExactly("2", "2");
    assertThat(list.get("newest").asLong()).isEqualTo(third.checkpoint());
    assertThat(list.findValuesAsText("id"))
        .containsExactly(Long.toString(second.checkpoint()), Long.toString(third.checkpoint()));
    for (int row = 0; row < 2; row++) {
      JsonNode retained = list.get("retained").get(row);
      assertThat(Instant.parse(retained.get("completedAt").asText())).isBefore(Instant.now());
      assertThat(retained.get("bytes").asLong()).isPositive();
      assertThat(table.get(2 + row)).contains(retained.get("completedAt").asText());
    }
    assertThat(list.get("counted").findValuesAsText("last")).hasSize(3);
  }

  @Test
  void showsWhatTheViewOfTheJobShowed() throws IOException {
    assertThat(ofUser("view", "both")).isZero();
    assertShown(second);
    assertThat(lines()).contains("  \"quince\" = 6", "ReducingState total = 11");
    assertThat(ofUser("view", "again")).isZero();
    assertShown(third);
  }

  @Test
  void showsWhatItShowedAtAnEarlierCheckpoint() throws IOException {
    assertThat(ofUser("view", "both", "--as-of", Long.toString(first.checkpoint()))).isZero();
    assertShown(first);
    assertThat(ofUser("view", "again", "--as-of", Long.toString(second.checkpoint()))).isZero();
    assertShown(second);
  }

  private void assertShown(Shop.Stop stop) throws IOException {
    List<String> shown = lines();
    KeyView view = stop.view();
    assertThat(shown.get(0)).startsWith("dataflow shop, step clerk, key \"u\", key group ");
    assertThat(shown.get(1))
        .matches("as of checkpoint " + stop.checkpoint() + ", completed at .*Z");
    List<String> expected = new ArrayList<>();
    for (Map.Entry<String, Object> state : view.states().entrySet()) {
      if (state.getValue() instanceof Map<?, ?> map && state.getKey().equals("cart")) {
        expected.add("MapState cart");
        map.forEach((item, count) -> expected.add("  \"%s\" = %s".formatted(item, count)));
      } else {
        expected.add(line(state.getKey(), state.getValue(), view));
      }
    }
    view.timers().forEach(timer -> expected.add("timer " + inWords(timer)));
    view.sweeps().forEach(sweep -> expected.add("sweep " + inWords(sweep)));
    assertThat(shown.subList(2, shown.size())).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String line(String state, Object value, KeyView view) throws IOException {
    String text = JSON.writeValueAsString(value);
    return switch (state) {
      case "last" -> "ValueState last = %s (used %s)".formatted(text, view.lastAccess().get(state));
      case "pages" -> "ListState pages = " + text.replace(",", ", ");
      case "total" -> "ReducingState total = " + text;
      default -> "AggregatingState " + state + " = " + text;
    };
  }

  private static String inWords(KeyView.Timer timer) {
    return timer.domain() + " at " + Instant.ofEpochMilli(timer.time());
  }

  @Test
  void printsTheDumpOfTheStoreAsJson() {
    assertThat(
            run("store", "dump", dir.resolve("both").toString(), "--step", "clerk", "--key", "u"))
        .isZero();
    String dump = out.toString(UTF_8);
    assertThat(ofUser("view", "both", "--json")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(dump);
  }

  @Test
  void tellsTheLifeOfAKeyCommitByCommit() throws IOException {
    assertThat(ofUser("history", "both", "--json")).isZero();
    List<JsonNode> lines = jsonLines();
    assertThat(lines.get(0).get("completeAfter").asLong()).isEqualTo(first.checkpoint());
    List<JsonNode> commits = lines.subList(1, lines.size());
    assertThat(commits)
        .extracting(each -> each.get("commit").asLong())
        .containsExactly(first.checkpoint(), second.checkpoint());
    assertThat(commits).allMatch(each -> each.has("completedAt"));
    assertThat(Life.after(commits.subList(0, 1))).isEqualTo(DumpedView.of(first.view()));
    assertThat(Life.after(commits)).isEqualTo(DumpedView.of(second.view()));
    assertThat(commits.get(1).get("removed").findValuesAsText("key")).containsExactly("pear");
  }

  @Test
  void tellsOfCommitsThatWereSupersededWhatIsRetained() throws IOException {
    assertThat(ofUser("history", "again", "--json")).isZero();
    List<JsonNode> lines = jsonLines();
    assertThat(lines.get(0).get("completeAfter").asLong()).isEqualTo(third.checkpoint());
    List<JsonNode> commits = lines.subList(1, lines.size());
    assertThat(commits)
        .extracting(each -> each.get("commit").asLong())
        .containsExactly(first.checkpoint(), second.checkpoint(), third.checkpoint());
    assertThat(commits.get(0).has("completedAt")).isFalse();
    assertThat(Life.after(commits.subList(0, 2))).isEqualTo(DumpedView.of(second.view()));
    assertThat(Life.after(commits)).isEqualTo(DumpedView.of(third.view()));
  }

  @Test
  void tellsTheLifeOfAKeyForPeople() {
    assertThat(ofUser("history", "both")).isZero();
    long c1 = first.checkpoint();
    long c2 = second.checkpoint();
    assertThat(lines().get(1))
        .contains("Everything is known of commits after " + c1)
        .contains("setNumRetained");
    assertThat(lines())
        .anyMatch(line -> line.matches("commit " + c1 + ", complete at .*Z"))
        .anyMatch(line -> line.matches("commit " + c2 + ", complete at .*Z"));
    List<String> last = lines().subList(lines().lastIndexOf("") + 2, lines().size());
    assertThat(last)
        .contains(
            "  set              MapState cart \"quince\" = 6",
            "  set              ReducingState total = 11",
            "  set              timer EVENT_TIME at 1970-01-01T00:00:03Z",
            "  removed          MapState cart \"pear\"",
            "  fired or deleted timer EVENT_TIME at 1970-01-01T00:00:01Z")
        .anyMatch(line -> line.startsWith("  set              ListState pages, chunk "))
        .noneMatch(line -> line.contains("plum"));
  }

  @Test
  void tellsEverythingWhileNothingWasSuperseded() throws IOException {
    assertThat(ofUser("history", "journal")).isZero();
    assertThat(lines().get(1)).contains("nothing was superseded");
    assertThat(ofUser("history", "journal", "--json")).isZero();
    List<JsonNode> lines = jsonLines();
    assertThat(lines.get(0).get("completeAfter").isNull()).isTrue();
    assertThat(lines.get(1).get("storedIn").asText()).isEqualTo("journal");
    assertThat(Life.after(lines.subList(1, 2))).isEqualTo(DumpedView.of(untouched.view()));
  }

  @Test
  void saysInOneLineWhatIsNotThere() {
    String clerk = "clerk of dataflow shop, numbers of dataflow shop";
    for (String command : List.of("view", "history")) {
      assertRefused("holds nothing of step cook; it has " + clerk, command, "cook", USER);
      assertRefused("of dataflow shop holds nothing of a key 'w'", command, "clerk", "w");
      assertRefused("has " + clerk, command, "clerk", USER, "--dataflow", "bar");
    }
    assertRefused(
        "checkpoint %d of dataflow \"shop\" is not retained".formatted(first.checkpoint()),
        "view",
        "clerk",
        USER,
        "--as-of",
        Long.toString(first.checkpoint()));
    assertThat(job("checkpoints", "again", "--dataflow", "bar")).isEqualTo(2);
    assertOneLine("holds no job of a dataflow bar; it has shop");
    try (OfflineStore user = OfflineStore.open(dir.resolve("again"))) {
      assertThat(user.keyGroups()).isPositive();
      assertRefused("is in use by this process", "view", "clerk", USER);
    }
    assertThat(job("checkpoints", "nowhere")).isEqualTo(2);
    assertOneLine("there is no directory");
  }

  private void assertRefused(
      String why, String command, String step, String key, String... options) {
    List<String> all = new ArrayList<>(List.of("--step", step, "--key", key));
    all.addAll(List.of(options));
    assertThat(job(command, "again", all.toArray(String[]::new))).isEqualTo(Failure.REFUSED);
    assertOneLine(why);
  }

  private void assertOneLine(String why) {
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains(why).hasLineCount(1);
  }
}
