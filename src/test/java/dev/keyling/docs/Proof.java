package dev.keyling.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test, or all tests of a class, that says which row of the semantics it proves.
 *
 * @param test as a page names it
 * @param inAllWorlds whether it is part of the suite that runs in every world
 */
record Proof(String row, String test, boolean inAllWorlds) {
  private static final String BETWEEN = "\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*";
  private static final Pattern PROVES =
      Pattern.compile(
          "@Proves\\(([^)]*)\\)"
              + BETWEEN
              + "(?:(?:public|final|abstract|static) )*(?:class|void) (\\w+)");
  private static final Pattern CLASS = Pattern.compile("\n(?:public |final )*class (\\w+)");
  private static final Pattern ROW = Pattern.compile("\"([^\"]+)\"");

  /** Returns all proofs of this repository, in the order of files and of the tests in them. */
  static List<Proof> all() {
    List<Proof> proofs = new ArrayList<>();
    for (Path file : Project.javaSources()) {
      String source = Project.read(file);
      Matcher type = CLASS.matcher(source);
      if (source.contains("@Proves(") && type.find()) {
        addAll(proofs, source, type.group(1));
      }
    }
    return proofs;
  }

  private static void addAll(List<Proof> proofs, String source, String type) {
    boolean suite = source.contains("\n@SemanticsSuite\n");
    Matcher proving = PROVES.matcher(source);
    while (proving.find()) {
      String name = proving.group(2);
      String test = name.equals(type) ? type : type + "." + name;
      Matcher row = ROW.matcher(proving.group(1));
      while (row.find()) {
        proofs.add(new Proof(row.group(1), test, suite));
      }
    }
  }
}
