package dev.keyling.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Bytes that were stored once and can be read for ever. When what is written today differs on
 * purpose, the test of the newest fixture fails and leaves the new bytes in {@code target/golden}:
 * copy them beside the others, under the next number, and never touch a fixture that is there.
 */
final class Fixture {
  private Fixture() {}

  static byte[] read(String series, int number) throws IOException {
    String name = "/golden/" + series + "-" + number + ".bin";
    try (InputStream in = Fixture.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  static void assertIsWrittenToday(String series, int newest, byte[] today) throws IOException {
    Path directory = Files.createDirectories(Path.of("target", "golden"));
    Files.write(directory.resolve(series + ".bin"), today);
    assertThat(today).isEqualTo(read(series, newest));
  }
}
