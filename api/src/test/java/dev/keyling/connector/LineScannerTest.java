package dev.keyling.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.connector.SourceReader.Status;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineScannerTest {
  @TempDir Path directory;

  @Test
  void cutsAnyTextAsANaiveSplitDoesWhereverItsBufferEnds() throws Exception {
    Random random = new Random(42);
    Path file = directory.resolve("in.txt");
    for (int round = 0; round < 300; round++) {
      String text = text(random);
      Files.writeString(file, text);
      List<String> expected = split(text);
      int bufferSize = 1 + random.nextInt(40);
      List<String> lines = new ArrayList<>();
      List<Long> offsets = new ArrayList<>(List.of(0L));
      try (LineScanner scanner = scanner(file, 0, bufferSize)) {
        while (scanner.advance() == Status.ELEMENT) {
          lines.add(scanner.line());
          offsets.add(scanner.offset());
        }
      }
      assertThat(lines).as("round %d", round).isEqualTo(expected);
      int from = random.nextInt(offsets.size());
      try (LineScanner scanner = scanner(file, offsets.get(from), bufferSize)) {
        assertThat(scanner.offset()).isEqualTo(offsets.get(from));
        if (scanner.advance() == Status.ELEMENT) {
          assertThat(scanner.line()).isEqualTo(expected.get(from));
        } else {
          assertThat(from).isEqualTo(expected.size());
        }
      }
    }
  }

  private static LineScanner scanner(Path file, long from, int bufferSize) throws Exception {
    return new LineScanner(file, FileChannel.open(file).position(from), from, false, bufferSize);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(200); i > 0; i--) {
      text.append("abcä€\n\n\r".charAt(random.nextInt(8)));
    }
    return text.toString();
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    for (int i = 0; i < lines.size() - 1; i++) {
      String line = lines.get(i);
      lines.set(i, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
