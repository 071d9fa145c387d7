package dev.keyling.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of the semantics.
 *
 * @param mark whether it must work (★), must work too (☆) or is wanted (＋)
 * @param pending what of it is not there yet; empty if there has to be a proof
 */
record SemanticsRow(String section, String id, String mark, String meaning, String pending) {
  private static final String FILE = "src/test/resources/dev/keyling/docs/semantics.txt";

  static List<SemanticsRow> all() {
    List<SemanticsRow> rows = new ArrayList<>();
    String section = "";
    for (String line : Project.read(Project.ROOT.resolve(FILE)).lines().toList()) {
      String[] parts = line.split(" \\| ", -1);
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      if (parts.length > 2) {
        String pending = parts.length > 3 ? parts[3] : "";
        rows.add(new SemanticsRow(section, parts[0], parts[1], parts[2], pending));
      } else {
        section = line;
      }
    }
    return rows;
  }

  boolean isRequired() {
    return !mark.equals("＋");
  }
}
