package dev.keyling.persistence.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.connector.Position;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A savepoint that was written once is read for ever, and written today as it was. */
class GoldenSavepointTest {
  @TempDir private Path dir;

  private static Path golden(String name) throws URISyntaxException {
    URL url = GoldenSavepointTest.class.getResource("/golden/" + name);
    return Path.of(Objects.requireNonNull(url, name).toURI());
  }

  @Test
  void theFirstFormatIsRead() throws URISyntaxException {
    SavepointReader savepoint = SavepointReader.open(golden("savepoint-1"));
    assertThat(savepoint.manifest().completedAt()).isEqualTo(Visits.CLOCK.instant());
    assertThat(savepoint.manifest().positions())
        .containsExactly(Map.entry("clicks/part-0", new Position("part-0", "1200")));
    assertThat(savepoint.view("visits", dev.keyling.state.Types.STRING, "user4").states())
        .containsEntry("count", 5L)
        .containsEntry("pages", List.of("page1", "page2", "page0", "page1", "page2"));
    assertThat(Visits.contents(savepoint, "visits"))
        .isEqualTo(Visits.contents(Visits.write(dir.resolve("sp"), 9, 2), "visits"));
  }

  @Test
  void theNewestFormatIsWrittenAsItWas() throws URISyntaxException, IOException {
    Path fixture = golden("savepoint-1");
    Visits.write(dir.resolve("sp"), 9, 2);
    String then = Files.readString(fixture.resolve("manifest.json"));
    String now = Files.readString(dir.resolve("sp").resolve("manifest.json"));
    String random = "(?<=\"(creation|crc32c)\" : )\"[^\"]*\"";
    assertThat(now.replaceAll(random, "")).isEqualTo(then.replaceAll(random, ""));
  }
}
