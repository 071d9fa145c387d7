package dev.keyling.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every operator is an ordinary keyed function, of a few lines, that nothing below knows. */
@AnalyzeClasses(packages = "dev.keyling", importOptions = RoomsTest.WithoutTests.class)
class OperatorRulesTest {
  private static final int LIMIT = 60;
  private static final Path LANGUAGE =
      Path.of(System.getProperty("keyling.root", "../.."), "api/src/main/java/dev/keyling");
  private static final List<String> OPERATORS = List.of("operator", "window");
  private static final Pattern COMMENTS = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern NO_CODE = Pattern.compile("\\s*(//.*)?|(import|package) .*");

  @ArchTest
  static final ArchRule theEngineKnowsNoOperator =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.keyling.kernel..",
              "dev.keyling.plan..",
              "dev.keyling.testing..",
              "dev.keyling.persistence..",
              "dev.keyling.actors..",
              "dev.keyling.sharding..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.keyling.operator..", "dev.keyling.window..")
          .because("an operator is a keyed function as users write them");

  @Test
  void anOperatorHasAtMost60LinesOfCode() throws IOException {
    Map<String, Long> tooLong = new TreeMap<>();
    for (Path source : sources()) {
      long lines = linesOfCode(Files.readString(source));
      if (lines > LIMIT) {
        tooLong.put(LANGUAGE.relativize(source).toString(), lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String each : OPERATORS) {
      Path folder = LANGUAGE.resolve(each);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          sources.addAll(files.filter(file -> file.toString().endsWith(".java")).toList());
        }
      }
    }
    assertThat(sources).isNotEmpty();
    return sources;
  }

  private static long linesOfCode(String source) {
    return COMMENTS
        .matcher(source)
        .replaceAll("")
        .lines()
        .filter(line -> !NO_CODE.matcher(line).matches())
        .count();
  }
}
