package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A polite end of the process, in a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class StopTest {
  private static final int SIGTERM = 128 + 15;

  @TempDir private Path directory;

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String config = System.getProperty("config.file");
    if (config != null) {
      command.add("-Dconfig.file=" + config);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(errors().toFile()).start();
  }

  private Path errors() {
    return directory.resolve("err");
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void stopsInGoodOrderAndSaysHowToGoOn() throws Exception {
    String data = directory.resolve("data").toString();
    Process process = start("run", "totals", "--rate", "1", "--data", data);
    try (BufferedReader output = process.inputReader(UTF_8)) {
      assertThat(output.readLine()).isEqualTo("{\"user\":\"user1\",\"total\":5000}");
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(SIGTERM);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(errors()))
        .endsWith("keyling: stopped; the same command goes on where the last checkpoint left it\n");
  }
}
