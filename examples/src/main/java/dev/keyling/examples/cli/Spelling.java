package dev.keyling.examples.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody has meant who made a slip. */
final class Spelling {
  private Spelling() {}

  /** Returns the candidates that are one or two slips away or begin alike, the nearest first. */
  static List<String> nearest(String word, List<String> candidates) {
    String meant = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .filter(
            candidate ->
                slips(meant, candidate) <= 2
                    || meant.length() >= 2
                        && (candidate.startsWith(meant) || meant.startsWith(candidate)))
        .sorted(Comparator.comparingInt(candidate -> slips(meant, candidate)))
        .toList();
  }

  /** The letters to insert, leave out, change, or swap with their neighbour. */
  private static int slips(String a, String b) {
    int[][] slips = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        slips[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, slips);
      }
    }
    return slips[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] slips) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int changed = slips[i - 1][j - 1] + (same ? 0 : 1);
    int best = Math.min(changed, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, 1 + slips[i - 2][j - 2]) : best;
  }
}
