package dev.keyling.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who runs the first command of the README. */
class FirstCommandTest {
  @TempDir private Path directory;

  @Test
  void printsTheTwoAlertsOfTheSampleAndNothingElse() throws IOException {
    try (ForkedJvm jvm =
        ForkedJvm.start(directory, Main.class, List.of(), List.of("run", "fraud"))) {
      assertThat(jvm.exitCode()).as(() -> jvm.said().toString()).isZero();
      assertThat(jvm.printed())
          .containsExactlyInAnyOrder(
              "{\"user\":\"user1\",\"previous\":7000,\"amount\":110000,\"difference\":103000}",
              "{\"user\":\"user2\",\"previous\":3000,\"amount\":120000,\"difference\":117000}");
      assertThat(jvm.said())
          .singleElement()
          .asString()
          .startsWith("fraud: 7 elements read, 2 outputs, 0 rejected, ");
    }
  }
}
