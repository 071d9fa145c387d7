package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import dev.keyling.JoinRow;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SEMANTICS Y4: random histories of joins are those of a naive one that forgets nothing. */
@SemanticsSuite
@Proves("Y4")
class RandomJoinTest {
  private static final int SIDES = 3;

  static Stream<Arguments> modes() {
    return Stream.of(JoinInsertMode.values())
        .flatMap(
            insert -> Stream.of(JoinEmitMode.values()).map(emit -> Arguments.of(insert, emit)));
  }

  /** All that has come for a key since it began anew, and the rows that it has made. */
  private static final class Naive {
    private final List<List<String>> came = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();

    Naive() {
      begin();
    }

    private void begin() {
      came.clear();
      for (int side = 0; side < SIDES; side++) {
        came.add(new ArrayList<>());
      }
    }

    void element(JoinInsertMode insert, JoinEmitMode emit, int side, String value) {
      came.get(side).add(value);
      boolean complete = came.stream().noneMatch(List::isEmpty);
      if (emit == JoinEmitMode.RUNNING || emit == JoinEmitMode.COMPLETE && complete) {
        emit(insert);
      }
      if (emit == JoinEmitMode.COMPLETE && complete) {
        begin();
      }
    }

    void emit(JoinInsertMode insert) {
      for (String first : kept(insert, 0)) {
        for (String second : kept(insert, 1)) {
          for (String third : kept(insert, 2)) {
            rows.add("[%s, %s, %s]".formatted(first, second, third));
          }
        }
      }
    }

    private List<String> kept(JoinInsertMode insert, int side) {
      List<String> all = came.get(side);
      if (all.isEmpty()) {
        return List.of("null");
      }
      return switch (insert) {
        case FIRST -> all.subList(0, 1);
        case LAST -> all.subList(all.size() - 1, all.size());
        case PRODUCT -> all;
      };
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aRandomHistoryMakesTheRowsOfANaiveJoin(JoinInsertMode insert, JoinEmitMode emit) {
    Random random = new Random(insert.ordinal() * 10L + emit.ordinal());
    Map<String, Naive> naive = new TreeMap<>();
    List<JoinRow> rows = new ArrayList<>();
    var run = JoinTest.join(SIDES, insert, emit).run();
    int turns = World.here().affordable(40);
    for (int turn = 0; turn < turns; turn++) {
      String key = String.valueOf((char) ('a' + random.nextInt(4)));
      int side = random.nextInt(SIDES);
      String value = key + turn;
      run.processElement(key + (side + 1) + value);
      naive.computeIfAbsent(key, unknown -> new Naive()).element(insert, emit, side, value);
      if (random.nextInt(10) == 0) {
        run.restart();
      }
    }
    rows.addAll(run.takeOutput());
    run.endInput();
    rows.addAll(run.takeOutput());
    naive.forEach(
        (key, expected) -> {
          if (emit == JoinEmitMode.FINAL) {
            expected.emit(insert);
          }
          assertThat(rows)
              .extracting(JoinRow::toString)
              .filteredOn(row -> row.contains(key))
              .as("key %s, %s, %s", key, insert, emit)
              .containsExactlyElementsOf(expected.rows);
        });
  }
}
