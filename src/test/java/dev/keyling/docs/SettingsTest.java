package dev.keyling.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every setting that is offered is read. */
class SettingsTest {

  @Test
  void everyKeyOfEveryReferenceConfIsReadByASettingsClassOrAPlugin() {
    List<Path> files = Project.files(file -> file.endsWith("reference.conf"));
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    List<String> unread = new ArrayList<>();
    for (Path file : files) {
      Settings settings = Settings.of(file);
      assertThat(settings.own()).as(file.toString()).isNotEmpty();
      String readers = readers(settings.plugins());
      for (String key : settings.own()) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        if (!readers.contains("\"" + last + "\"") && !readers.contains("\"" + key + "\"")) {
          unread.add(Project.ROOT.relativize(file) + ": " + key);
        }
      }
    }
    assertThat(unread).isEmpty();
  }

  @Test
  void everyKeyHasASentenceOfWhyAboveIt() {
    List<String> bare = new ArrayList<>();
    for (Path file : Project.files(each -> each.endsWith("reference.conf"))) {
      List<String> lines = Project.read(file).lines().toList();
      for (String key : Settings.of(file).own()) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        boolean explained = false;
        for (int i = 1; i < lines.size(); i++) {
          boolean sets = lines.get(i).strip().startsWith(last + " = ");
          explained |= sets && lines.get(i - 1).strip().startsWith("#");
        }
        if (!explained) {
          bare.add(Project.ROOT.relativize(file) + ": " + key);
        }
      }
    }
    assertThat(bare).isEmpty();
  }

  /** Returns the sources of the settings classes, of these plugins, and of the journal's users. */
  private static String readers(List<String> plugins) {
    List<String> names =
        plugins.stream().map(name -> name.substring(name.lastIndexOf('.') + 1) + ".java").toList();
    return Project.javaSources().stream()
        .filter(file -> file.toString().contains("/src/main/"))
        .filter(
            file ->
                file.toString().endsWith("Settings.java")
                    || file.endsWith("EventLog.java")
                    || names.contains(file.getFileName().toString()))
        .map(Project::read)
        .collect(Collectors.joining());
  }
}
