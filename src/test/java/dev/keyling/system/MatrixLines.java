package dev.keyling.system;

import dev.keyling.connector.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The input of a {@link MatrixJob}, and what becomes of it. */
final class MatrixLines {
  private final Path inputs;
  private final List<String> keys = new ArrayList<>();

  /**
   * Writes the two files.
   *
   * @param prefix of all keys
   * @param keysPerFile different ones
   */
  MatrixLines(Path inputs, String prefix, int keysPerFile, int linesPerFile) throws IOException {
    this.inputs = inputs;
    for (int partition = 0; partition < 2; partition++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < linesPerFile; i++) {
        lines.add("%s%d-%d".formatted(prefix, partition, i % keysPerFile));
      }
      Files.write(MatrixJob.input(inputs, partition), lines);
      keys.addAll(lines.subList(0, Math.min(keysPerFile, linesPerFile)));
    }
  }

  List<String> keys() {
    return keys;
  }

  /** Returns how often each key has been seen in the end. */
  Map<String, Long> counts() throws IOException {
    return counts(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Returns how often each key has been seen at these positions. */
  Map<String, Long> counts(Map<String, Position> positions) throws IOException {
    long[] offsets = {0, 0};
    for (Position position : positions.values()) {
      int partition = position.partition().endsWith("input0.txt") ? 0 : 1;
      offsets[partition] = Long.parseLong(position.offset());
    }
    return counts(offsets);
  }

  private Map<String, Long> counts(long... offsets) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (int partition = 0; partition < 2; partition++) {
      byte[] bytes = Files.readAllBytes(MatrixJob.input(inputs, partition));
      byte[] before = Arrays.copyOf(bytes, (int) Math.min(bytes.length, offsets[partition]));
      new String(before, StandardCharsets.UTF_8)
          .lines()
          .forEach(key -> counts.merge(key, 1L, Long::sum));
    }
    return counts;
  }

  /** Returns the lines that are written in the end, sorted. */
  List<String> outputs() throws IOException {
    return counts().entrySet().stream()
        .flatMap(
            each ->
                java.util.stream.LongStream.rangeClosed(1, each.getValue())
                    .mapToObj(i -> each.getKey() + " " + i))
        .sorted()
        .toList();
  }
}
