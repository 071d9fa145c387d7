package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyling.examples.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code store} tells of what a run has left. */
class StoreCommandTest {
  private static final List<String> LAST_PAGES = List.of("p3", "p4", "p5", "p6", "p7");

  @TempDir private static Path shared;
  @TempDir private Path own;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void runAnExample() {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, UTF_8);
    String[] run = {"run", "pages", "--data", shared.resolve("data").toString()};
    assertThat(Main.run(run, nowhere, nowhere)).isZero();
  }

  @BeforeEach
  void copyTheStore() throws IOException {
    try (var files = Files.walk(shared.resolve("data"))) {
      for (Path file : files.toList()) {
        Files.copy(file, own.resolve("data").resolve(shared.resolve("data").relativize(file)));
      }
    }
  }

  private int store(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "store";
    System.arraycopy(args, 0, all, 1, args.length);
    return Main.run(all, new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
  }

  private String data() {
    return own.resolve("data").toString();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toByteArray());
  }

  @Test
  void findsTheStoreOfARunClean() throws IOException {
    assertThat(store("verify", data())).isZero();
    assertThat(out.toString(UTF_8)).startsWith("clean: " + data()).hasLineCount(1);
    out.reset();
    assertThat(store("verify", data(), "--json")).isZero();
    assertThat(json().get("problemCount").asLong()).isZero();
    assertThat(json().get("records").asLong()).isPositive();
  }

  @Test
  void saysWhereAStoreIsDamaged() throws IOException {
    Path log = newest(".log");
    byte[] bytes = Files.readAllBytes(log);
    bytes[20] ^= 1;
    Files.write(log, bytes);
    assertThat(store("verify", data())).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .startsWith("DAMAGED: " + data() + ", 1 problems")
        .contains(log.getFileName().toString())
        .contains("was on the disk, but the newest one is now");
    assertThat(store("stats", data())).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("a hole in the store").hasLineCount(1);
  }

  @Test
  void dumpsWhatAKeyHolds() throws IOException {
    assertThat(store("dump", data(), "--step", "pages", "--key", "u")).isZero();
    JsonNode dump = json();
    assertThat(dump.get("key").asText()).isEqualTo("\"u\"");
    assertThat(dump.get("keyReadAs").asText()).isEqualTo("string");
    assertThat(dump.get("checkpoint").asLong()).isPositive();
    JsonNode entry = dump.get("entries").get(0);
    assertThat(entry.get("state").asText()).isEqualTo("pages");
    assertThat(StreamSupport.stream(entry.get("elements").spliterator(), false))
        .extracting(element -> element.get("value").asText())
        .isEqualTo(LAST_PAGES);
  }

  @Test
  void dumpsNothingOfAKeyThatWasNeverSeen() throws IOException {
    assertThat(store("dump", data(), "--step", "pages", "--key", "nobody")).isZero();
    assertThat(json().get("entries")).isEmpty();
  }

  @Test
  void countsWhatIsThere() throws IOException {
    assertThat(store("stats", data(), "--json")).isZero();
    JsonNode step = json().get("steps").get(0);
    assertThat(step.get("dataflow").asText()).isEqualTo("pages");
    assertThat(step.get("groups").asInt()).isEqualTo(1);
    assertThat(step.get("events").asLong()).isPositive();
    out.reset();
    assertThat(store("stats", data())).isZero();
    assertThat(out.toString(UTF_8)).contains("dataflow pages, step pages");
  }

  @Test
  void saysWhatThereIsInsteadOfWhatIsNot() {
    assertRefused("has pages of dataflow pages", "dump", data(), "--step", "pgaes", "--key", "u");
    assertRefused(
        "has pages of dataflow pages",
        "dump",
        data(),
        "--step",
        "pages",
        "--dataflow",
        "cart",
        "--key",
        "u");
    assertRefused(
        "'u' is no key of type long; it can be read as string, enum",
        "dump",
        data(),
        "--step",
        "pages",
        "--key",
        "u",
        "--key-type",
        "long");
    assertRefused(
        "checkpoint 4711 of dataflow \"pages\" is not retained",
        "dump",
        data(),
        "--step",
        "pages",
        "--key",
        "u",
        "--as-of",
        "4711");
    assertRefused("there is no directory", "verify", data() + "/none");
    assertRefused("holds no store of Keyling", "verify", own.toString());
    assertRefused("missing required parameter: 'DIR'", "verify");
  }

  private void assertRefused(String why, String... args) {
    err.reset();
    assertThat(store(args)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains(why).hasLineCount(1);
  }

  private Path newest(String ending) throws IOException {
    try (var files = Files.list(own.resolve("data/db"))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
