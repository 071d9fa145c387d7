package dev.keyling.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README, one after the other, in an empty directory. The order of lines
 * is not compared: that of different keys is not defined.
 */
class ConsoleBlocksTest {
  private static final String PROMPT = "$ ";
  private static final String ERRORS = "standard-error";

  @TempDir private Path dir;

  /** A command, and what it prints on standard output. */
  private record Command(String text, List<String> output) {}

  @Test
  void everyCommandOfTheReadmePrintsWhatItSays() throws Exception {
    installLauncher();
    for (Page.Block block : Page.of("README.md").blocks()) {
      if (block.is("console")) {
        for (Command command : commands(block)) {
          assertThat(run(command.text()))
              .as("%s: %s%n%s", block.where(), command.text(), errors())
              .containsExactlyInAnyOrderElementsOf(command.output());
        }
      }
    }
  }

  private static List<Command> commands(Page.Block block) {
    List<Command> commands = new ArrayList<>();
    for (String line : block.lines()) {
      if (line.startsWith(PROMPT)) {
        commands.add(new Command(line.substring(PROMPT.length()), new ArrayList<>()));
      } else {
        commands.get(commands.size() - 1).output().add(line);
      }
    }
    return commands;
  }

  /** What the launcher runs when everything is built: this build, and not that of the launcher. */
  private void installLauncher() throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path launcher = dir.resolve("keyling");
    Files.writeString(
        launcher,
        """
        #!/usr/bin/env bash
        exec '%s' -Dconfig.file='%s' -cp '%s' dev.keyling.examples.Main "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Project.ROOT.resolve("application.conf"),
                classPath));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  private List<String> run(String command) throws Exception {
    Path output = dir.resolve("standard-output");
    Path errors = dir.resolve(ERRORS);
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(dir.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }

  private String errors() {
    return Project.read(dir.resolve(ERRORS));
  }
}
