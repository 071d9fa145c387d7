package dev.keyling.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every path, class, setting and link that the documentation names exists. */
class NamesTest {
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");
  private static final Pattern PATH = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)*/?");
  private static final Pattern FILE =
      Pattern.compile("[\\w.-]+\\.(?:md|xml|conf|java|txt)|package-info.java");
  private static final Pattern TYPE = Pattern.compile("[A-Z]\\w+(?:\\.\\w+)*");
  private static final Pattern SETTING = Pattern.compile("keyling(?:\\.[a-z]+)+\\.[a-z-]+");

  /** Where each type is declared, by its simple name. */
  private final Map<String, String> sources = new HashMap<>();

  NamesTest() {
    for (Path file : Project.javaSources()) {
      String source = Project.read(file);
      Matcher declared = DECLARED.matcher(source);
      while (declared.find()) {
        sources.merge(declared.group(1), source, String::concat);
      }
    }
  }

  @Test
  void everyPathExists() {
    for (Page page : pages()) {
      for (String code : page.codes()) {
        boolean isPath = code.contains("/") && PATH.matcher(code).matches();
        if (isPath) {
          assertThat(Project.ROOT.resolve(code)).as("%s: `%s`", page, code).exists();
        } else if (FILE.matcher(code).matches()) {
          assertThat(Project.files(file -> file.endsWith(code)))
              .as("%s: `%s`", page, code)
              .isNotEmpty();
        }
      }
    }
  }

  @Test
  void everyLinkLeadsToAFile() {
    for (Page page : pages()) {
      for (String link : page.links()) {
        assertThat(page.file().resolveSibling(link)).as("%s: (%s)", page, link).exists();
      }
    }
  }

  /** A name with a small letter behind a dot is a method or component of the type before. */
  @Test
  void everyTypeExists() {
    List<String> missing = new ArrayList<>();
    for (Page page : pages()) {
      for (String code : page.codes()) {
        if (TYPE.matcher(code).matches() && !isAllUpperCase(code) && !exists(code)) {
          missing.add(page + ": `" + code + "`");
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isAllUpperCase(String code) {
    return code.equals(code.toUpperCase(java.util.Locale.ROOT));
  }

  private boolean exists(String name) {
    String[] parts = name.split("\\.");
    String source = sources.get(parts[0]);
    if (source == null) {
      return isOfTheJdk(parts[0]);
    }
    for (int i = 1; i < parts.length; i++) {
      if (!Pattern.compile("\\b" + parts[i] + "\\b").matcher(source).find()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfTheJdk(String name) {
    try {
      Class.forName("java.lang." + name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void everySettingExists() throws Exception {
    String settings =
        Project.files(file -> file.endsWith("reference.conf")).stream()
            .map(Settings::of)
            .flatMap(each -> each.keys().stream())
            .collect(Collectors.joining("\n", "\n", "\n"));
    for (Page page : pages()) {
      for (String code : page.codes()) {
        if (SETTING.matcher(code).matches()) {
          assertThat(settings)
              .as("%s: `%s`", page, code)
              .containsAnyOf("\n" + code + "\n", "\n" + code + ".");
        }
      }
    }
  }

  /** The places of this machine have no business in the documentation. */
  @Test
  void noPageNamesAPlaceOnOneMachine() {
    for (Page page : pages()) {
      assertThat(Project.read(page.file()))
          .as(page.toString())
          .doesNotContainPattern("(?<![\\w.])/(?:home|root|tmp|work|usr|Users)/");
    }
  }

  @Test
  void everyDecisionHasItsNumberAndItsThreeParts() {
    List<Path> decisions =
        Project.pages().stream()
            .filter(page -> page.startsWith(Project.ROOT.resolve("docs/decisions")))
            .toList();
    assertThat(decisions).isNotEmpty();
    for (int i = 0; i < decisions.size(); i++) {
      Path decision = decisions.get(i);
      String number = "%03d".formatted(i + 1);
      assertThat(decision.getFileName().toString()).startsWith(number + "-");
      assertThat(Project.read(decision))
          .as(decision.toString())
          .startsWith("# " + number + ": ")
          .contains("\n## Context\n", "\n## Choice\n", "\n## Consequence\n");
    }
  }

  private static List<Page> pages() {
    List<Page> pages = Project.pages().stream().map(Page::of).toList();
    assertThat(pages).extracting(Page::toString).contains("README.md", "CONTRIBUTING.md");
    assertThat(Files.isDirectory(Project.ROOT.resolve("docs"))).isTrue();
    return pages;
  }
}
