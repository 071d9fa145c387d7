package dev.keyling.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the semantics is made of the tests, so it says nothing that is not tested. */
class SemanticsTest {
  private static final Path PAGE = Project.ROOT.resolve("docs/semantics.md");
  private static final String WRITE = "keyling.docs.write";

  private static final String INTRODUCTION =
      """
      # What every feature means, and the test that proves it

      This page is made of the tests: each names the rows that it proves with `Proves`. After a change, write it anew with
      `mvn -pl src/test -am test -Dtest=SemanticsTest -Dsurefire.failIfNoSpecifiedTests=false -Dkeyling.docs.write=true`.

      Marks: ★ and ☆ must work, ＋ is wanted. Tests with a ³ are part of one suite that runs in three worlds, with the same number of tests in
      each: in the test harness; in a key group with its journal in memory; in the sharded runtime on LevelDB. There every test works with keys
      that stay alive and, where that can make a difference, again with a restart after what happens to them.
      """;

  private final List<SemanticsRow> rows = SemanticsRow.all();
  private final List<Proof> proofs = Proof.all();

  private List<Proof> proofsOf(SemanticsRow row) {
    return proofs.stream().filter(proof -> proof.row().equals(row.id())).toList();
  }

  private String page() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    Set<String> sections =
        rows.stream()
            .map(SemanticsRow::section)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String section : sections) {
      page.append("\n## ").append(section).append("\n\n| row | | meaning | proof |\n");
      page.append("| --- | --- | --- | --- |\n");
      rows.stream()
          .filter(row -> row.section().equals(section))
          .forEach(row -> page.append(line(row)));
    }
    return page.toString();
  }

  private String line(SemanticsRow row) {
    String tests =
        proofsOf(row).stream()
            .map(proof -> "`" + proof.test() + "`" + (proof.inAllWorlds() ? "³" : ""))
            .distinct()
            .collect(Collectors.joining(", "));
    return "| %s | %s | %s | %s |\n"
        .formatted(row.id(), row.mark(), row.meaning(), lastColumn(tests, row.pending()));
  }

  private static String lastColumn(String tests, String pending) {
    if (tests.isEmpty()) {
      return pending.isEmpty() ? "none: not there" : "none: " + pending;
    }
    return pending.isEmpty() ? tests : tests + "; " + pending;
  }

  @Test
  void thePageIsMadeOfTheTests() throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE)
        .as("docs/semantics.md; to write it anew, run this test with -D%s=true", WRITE)
        .exists()
        .hasContent(page());
  }

  @Test
  void everyRowThatIsRequiredIsProvenOrSaysWhyNot() {
    assertThat(rows)
        .filteredOn(row -> row.isRequired() && proofsOf(row).isEmpty() && row.pending().isEmpty())
        .as("rows without a test that names them with @Proves")
        .isEmpty();
  }

  @Test
  void everyProofIsOfARow() {
    assertThat(rows).extracting(SemanticsRow::id).doesNotHaveDuplicates().hasSizeGreaterThan(50);
    assertThat(proofs)
        .isNotEmpty()
        .extracting(Proof::row)
        .isSubsetOf(rows.stream().map(SemanticsRow::id).toList());
  }

  /** Every world writes down how many tests it ran, when it ran the whole suite. */
  @Test
  void theSuiteRunsAsManyTestsInEachWorld() {
    List<Path> counts =
        Stream.of("api", "actors", "sharding")
            .map(module -> Project.ROOT.resolve(module).resolve("target/semantics-suite.txt"))
            .toList();
    assumeThat(counts).as("the suite was run in all worlds").allMatch(Files::exists);
    List<List<String>> byClass =
        counts.stream().map(file -> Project.read(file).lines().skip(1).toList()).toList();
    assertThat(byClass.get(0)).hasSizeGreaterThan(5);
    assertThat(byClass).as("tests per class in %s", counts).containsOnly(byClass.get(0));
  }
}
