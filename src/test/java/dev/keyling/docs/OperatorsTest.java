package dev.keyling.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page of operators shows is run. */
class OperatorsTest {
  private static final Page PAGE = Page.of("docs/operators.md");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\|(.*)");

  static List<Example> examples() {
    Page.Block beginning = PAGE.blocks().get(0);
    return PAGE.blocks().stream().skip(1).map(block -> new Example(beginning, block)).toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExamplePrintsWhatItSays(Example example, @TempDir Path classes) throws Exception {
    assertThat(example.stated()).as("%s says what it prints", example).isNotEmpty();
    assertThat(example.printed(classes)).as(example.toString()).isEqualTo(example.stated());
  }

  @Test
  void allBlocksAreExamples() {
    assertThat(PAGE.blocks()).allMatch(block -> block.is("java"));
    assertThat(PAGE.blocks().get(0).section()).isEmpty();
    assertThat(PAGE.blocks()).hasSizeGreaterThan(5);
  }

  @Test
  void everyOperatorOfATableIsCalledInAnExampleOfItsSection() {
    List<String> sections = List.of(PAGE.text().split("(?m)^## "));
    assertThat(sections).hasSizeGreaterThan(5);
    for (String section : sections) {
      String title = section.lines().findFirst().orElseThrow();
      for (String operator : operators(section)) {
        assertThat(code(title)).as(title).containsPattern("\\b" + operator + "\\(");
      }
    }
  }

  @Test
  void everyRowSaysTheFiveThings() {
    assertThat(PAGE.text().lines().filter(line -> line.startsWith("| `")))
        .isNotEmpty()
        .allMatch(row -> row.replace("\\|", "").chars().filter(each -> each == '|').count() == 6);
  }

  private static List<String> operators(String section) {
    return section
        .lines()
        .flatMap(line -> Stream.of(ROW.matcher(line)))
        .filter(row -> row.matches())
        .map(row -> row.group(1))
        .toList();
  }

  private static String code(String section) {
    StringBuilder code = new StringBuilder();
    PAGE.blocks().stream()
        .filter(block -> block.section().equals(section))
        .flatMap(block -> block.lines().stream())
        .forEach(line -> code.append(line).append('\n'));
    return code.toString();
  }
}
