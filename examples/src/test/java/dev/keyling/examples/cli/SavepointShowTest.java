package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyling.connector.Position;
import dev.keyling.examples.Main;
import dev.keyling.persistence.savepoint.SavepointWriter;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code savepoint show} tells. */
class SavepointShowTest {
  @TempDir private Path dir;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() {
    ValueStateDescriptor<Long> longest = new ValueStateDescriptor<>("longest", Types.LONG);
    SavepointWriter.empty("words")
        .<String, String, Void>bootstrapStep(
            "initials",
            Types.STRING,
            List.of("apple", "ant", "bee", "7"),
            word -> word.substring(0, 1),
            ctx -> {
              ValueState<Long> state = ctx.getState(longest);
              return (word, c, none) -> state.update((long) word.length());
            })
        .position("text", new Position("0", "line 9"))
        .keyGroups(4)
        .write(dir.resolve("sp"));
  }

  private int show(String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "savepoint";
    args[1] = "show";
    args[2] = dir.resolve("sp").toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return Main.run(args, new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
  }

  @Test
  void tellsWhatItIs() {
    assertThat(show()).isZero();
    assertThat(out.toString(UTF_8))
        .contains("savepoint of dataflow words, checkpoint 0")
        .contains("step initials: 4 key groups, keys string; 3 keys in ")
        .contains("  ValueState longest")
        .contains("source text/0 reads on at line 9");
  }

  @Test
  void tellsItAsJson() throws IOException {
    assertThat(show("--json")).isZero();
    JsonNode manifest = new ObjectMapper().readTree(out.toByteArray());
    assertThat(manifest.path("dataflow").asText()).isEqualTo("words");
    assertThat(manifest.path("steps").path(0).path("keyGroups").asInt()).isEqualTo(4);
  }

  @Test
  void printsALinePerKey() throws IOException {
    assertThat(show("--step", "initials")).isZero();
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(3).anyMatch(line -> line.contains("\"key\":\"\\\"b\\\"\""));
    for (String line : lines) {
      assertThat(new ObjectMapper().readTree(line).path("entries").path(0).path("state").asText())
          .isEqualTo("longest");
    }
  }

  @Test
  void printsOneKey() throws IOException {
    assertThat(show("--step", "initials", "--key", "a")).isZero();
    JsonNode key = new ObjectMapper().readTree(out.toByteArray());
    assertThat(key.path("entries").path(0).path("value").asLong()).isEqualTo(3);
  }

  @Test
  void saysWhatIsNotThere() throws IOException {
    assertThat(show("--step", "initials", "--key", "z")).isEqualTo(Failure.REFUSED);
    assertThat(show("--step", "finals")).isEqualTo(Failure.REFUSED);
    assertThat(show("--key", "a")).isEqualTo(Failure.REFUSED);
    Files.delete(dir.resolve("sp").resolve("manifest.json"));
    assertThat(show()).isEqualTo(Failure.REFUSED);
    assertThat(err.toString(UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("step initials holds nothing of a key 'z'"),
            line -> assertThat(line).contains("no step \"finals\"; it has \"initials\""),
            line -> assertThat(line).contains("--key needs the --step"),
            line -> assertThat(line).contains("was not finished"));
  }
}
