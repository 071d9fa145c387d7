package dev.keyling.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.benchmarks.workload.KeySequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of the events 0 to 3 are user-0, user-1, user-0 and user-1. */
class CountedLineTest {
  private static final KeySequence KEYS = new KeySequence(2, KeySequence.Distribution.each, false);

  @TempDir private Path directory;

  private boolean areRight(String... lines) throws IOException {
    Path file = directory.resolve("lines");
    Files.write(file, List.of(lines));
    return CountedLine.areRight(file, KEYS, 4);
  }

  @Test
  void acceptsEachEventOnceInAnyOrderOfTheKeys() throws IOException {
    assertThat(areRight("1,user-1,1", "0,user-0,1", "2,user-0,2", "3,user-1,2")).isTrue();
  }

  @Test
  void findsALineThatIsMissing() throws IOException {
    assertThat(areRight("0,user-0,1", "1,user-1,1", "2,user-0,2")).isFalse();
  }

  @Test
  void findsALineThatIsDoubled() throws IOException {
    assertThat(areRight("0,user-0,1", "1,user-1,1", "2,user-0,2", "2,user-0,3", "3,user-1,2"))
        .isFalse();
  }

  @Test
  void findsALineOfNoEvent() throws IOException {
    assertThat(areRight("0,user-0,1", "1,user-1,1", "2,user-0,2", "3,user-1,2", "4,user-0,3"))
        .isFalse();
  }

  @Test
  void findsACountThatIsWrong() throws IOException {
    assertThat(areRight("0,user-0,1", "1,user-1,1", "2,user-0,1", "3,user-1,2")).isFalse();
  }

  @Test
  void findsAKeyThatIsWrong() throws IOException {
    assertThat(areRight("0,user-1,1", "1,user-1,2", "2,user-0,1", "3,user-1,3")).isFalse();
  }
}
