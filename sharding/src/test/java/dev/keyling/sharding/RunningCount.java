package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A step that counts per key, and what an undisturbed run of it gives. */
final class RunningCount {
  private RunningCount() {}

  /** Makes the function of a key, whose elements are the key: gives the key and its count. */
  static MapFunction<Integer, String> of(RuntimeContext ctx) {
    var count = ctx.getReducingState(new ReducingStateDescriptor<>("count", Long::sum, Types.LONG));
    return key -> {
      count.add(1L);
      return key + " " + count.get();
    };
  }

  /** What an undisturbed run gives: of each key, the counts 1, 2, 3 and so on, in order. */
  static void assertLines(Path output, int elements) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    List<String> lines = Files.readAllLines(output);
    for (String line : lines) {
      String[] parts = line.split(" ");
      int expected = counts.merge(parts[0], 1, Integer::sum);
      if (Integer.parseInt(parts[1]) != expected) {
        wrong.add(line + " instead of " + expected);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).hasSize(elements);
  }
}
