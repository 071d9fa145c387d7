package dev.keyling.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Compares sorted lines and says which are missing and which are too many. */
final class SortedLines {
  private static final int SHOWN = 20;

  private SortedLines() {}

  static void assertSame(List<String> actual, List<String> expected) {
    List<String> missing = new ArrayList<>();
    List<String> extra = new ArrayList<>();
    int a = 0;
    int e = 0;
    while (a < actual.size() || e < expected.size()) {
      int order =
          a == actual.size()
              ? 1
              : e == expected.size() ? -1 : actual.get(a).compareTo(expected.get(e));
      if (order < 0) {
        extra.add(actual.get(a++));
      } else if (order > 0) {
        missing.add(expected.get(e++));
      } else {
        a++;
        e++;
      }
    }
    assertThat(missing.isEmpty() && extra.isEmpty())
        .as(
            "%d lines are missing, such as %s; %d are too many, such as %s",
            missing.size(), first(missing), extra.size(), first(extra))
        .isTrue();
  }

  private static List<String> first(List<String> lines) {
    return lines.subList(0, Math.min(SHOWN, lines.size()));
  }
}
