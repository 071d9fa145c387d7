package dev.keyling.persistence.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.KeyView;
import dev.keyling.connector.Position;
import dev.keyling.persistence.StoreException;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.TimeDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written into a savepoint is read from it. */
class SavepointTest {
  @TempDir private Path dir;

  @Test
  void aSavepointSaysWhatItIs() {
    SavepointReader savepoint = Visits.write(dir.resolve("sp"), 100, 16);
    SavepointManifest manifest = savepoint.manifest();
    assertThat(manifest.dataflow()).isEqualTo("site");
    assertThat(manifest.completedAt()).isEqualTo(Visits.CLOCK.instant());
    assertThat(manifest.positions())
        .containsExactly(Map.entry("clicks/part-0", new Position("part-0", "1200")));
    assertThat(savepoint.steps()).containsExactly("visits");
    SavedStep step = manifest.step("visits");
    assertThat(step.keyGroups()).isEqualTo(16);
    assertThat(step.keys()).isEqualTo(100);
    assertThat(step.keyType()).isEqualTo(Types.STRING.describe());
    assertThat(step.states())
        .containsExactly(
            new SavedState("byPage", "MapState"),
            new SavedState("count", "ValueState"),
            new SavedState("pages", "ListState"));
    assertThat(savepoint.savepoint().dataflow()).isEqualTo("site");
  }

  @Test
  void statesAreReadByTheirDescriptors() {
    SavepointReader savepoint = Visits.write(dir.resolve("sp"), 50, 8);
    Map<String, Long> counts = new HashMap<>();
    savepoint.forEachKey(
        "visits",
        Types.STRING,
        user -> {
          Long count = user.get(Visits.COUNT);
          counts.put(user.key(), count);
          assertThat(user.get(Visits.PAGES)).hasSize(count.intValue());
          assertThat(user.get(Visits.BY_PAGE).values().stream().mapToLong(n -> n).sum())
              .isEqualTo(count);
        });
    assertThat(counts).hasSize(50).containsEntry("user6", 7L).containsEntry("user7", 1L);
  }

  @Test
  void aKeyIsShownWithoutTheProgram() {
    SavepointReader savepoint = Visits.write(dir.resolve("sp"), 50, 8);
    KeyView view = savepoint.view("visits", Types.STRING, "user2");
    assertThat(view.states())
        .containsEntry("count", 3L)
        .containsEntry("pages", List.of("page2", "page0", "page1"))
        .containsEntry("byPage", Map.of("page0", 1L, "page1", 1L, "page2", 1L));
    assertThat(view.timers())
        .containsExactly(
            new KeyView.Timer(TimeDomain.EVENT_TIME, 1),
            new KeyView.Timer(TimeDomain.EVENT_TIME, 2),
            new KeyView.Timer(TimeDomain.EVENT_TIME, 3));
    assertThat(savepoint.view("visits", Types.STRING, "nobody").states()).isEmpty();
  }

  @Test
  void aKeyMayBeLargerThanABlock() {
    MapStateDescriptor<Long, String> many =
        new MapStateDescriptor<>("many", Types.LONG, Types.STRING);
    String value = "x".repeat(1000);
    SavepointWriter.empty("large")
        .<String, Long, Void>bootstrapStep(
            "step",
            Types.STRING,
            Stream.iterate(0L, n -> n + 1).limit(3000).toList(),
            n -> n % 100 == 0 ? "small" : "large",
            ctx -> {
              var state = ctx.getMapState(many);
              return (n, c, out) -> state.put(n, value);
            })
        .keyGroups(1)
        .write(dir.resolve("sp"));
    SavepointReader savepoint = SavepointReader.open(dir.resolve("sp"));
    Map<String, Integer> sizes = new HashMap<>();
    savepoint.forEachKey("step", Types.STRING, key -> sizes.put(key.key(), key.get(many).size()));
    assertThat(sizes).containsExactlyInAnyOrderEntriesOf(Map.of("small", 30, "large", 2970));
    assertThat(savepoint.manifest().step("step").files().get(0).size()).isGreaterThan(2_970_000);
  }

  @Test
  void anotherTypeThanTheSavedOneIsRefused() {
    SavepointReader savepoint = Visits.write(dir.resolve("sp"), 5, 8);
    assertThatThrownBy(() -> savepoint.forEachKey("visits", Types.LONG, key -> {}))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("\"site\"")
        .hasMessageContaining("\"visits\"")
        .hasMessageContaining("are of type string");
    ValueStateDescriptor<String> count = new ValueStateDescriptor<>("count", Types.STRING);
    assertThatThrownBy(() -> savepoint.forEachKey("visits", Types.STRING, user -> user.get(count)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("user")
        .hasMessageContaining("count");
    assertThatThrownBy(() -> savepoint.images("vists"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("it has \"visits\"");
  }

  @Test
  void namesMayBeAnyText() {
    String name = "a/b\\..\u0000 \"ü\" \ud83d\ude00 \ud800";
    SavepointWriter.empty(name)
        .bootstrapStep(name, Types.STRING, Visits.of(10), Visits.Visit::user, Visits::new)
        .position(name, new Position("p/\ud800", "o\n"))
        .write(dir.resolve("sp"));
    SavepointReader savepoint = SavepointReader.open(dir.resolve("sp"));
    assertThat(savepoint.manifest().dataflow()).isEqualTo(name);
    assertThat(savepoint.manifest().step(name).keys()).isEqualTo(10);
    assertThat(savepoint.manifest().positions()).containsValue(new Position("p/\ud800", "o\n"));
    savepoint.verify();
  }

  @Test
  void nothingIsWrittenOverSomethingElse() throws IOException {
    Path taken = Files.createDirectory(dir.resolve("taken"));
    Files.createFile(taken.resolve("file"));
    assertThatThrownBy(() -> Visits.write(taken, 1, 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("taken")
        .hasMessageContaining("another directory");
    assertThat(taken).isDirectoryContaining("glob:**/file");
    Path empty = Files.createDirectory(dir.resolve("empty"));
    assertThat(Visits.write(empty, 1, 1).manifest().step("visits").keys()).isEqualTo(1);
  }

  @Test
  void whatWasNotFinishedIsNoSavepoint() throws IOException {
    UnfinishedSavepoint unfinished = UnfinishedSavepoint.begin(dir.resolve("sp"));
    assertThatThrownBy(() -> SavepointReader.open(unfinished.directory()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was not finished");
    assertThatThrownBy(() -> SavepointReader.open(dir.resolve("sp")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no such directory");
    Visits.write(dir.resolve("other"), 3, 2);
    Path manifest = dir.resolve("other").resolve("manifest.json");
    Files.delete(manifest);
    assertThatThrownBy(() -> SavepointReader.open(dir.resolve("other")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was not finished");
    unfinished.abandon();
    assertThat(unfinished.directory()).doesNotExist();
  }
}
