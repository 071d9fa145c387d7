package dev.keyling.persistence.leveldb.crash;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of the system. */
final class Shell {

  private Shell() {}

  /** Runs a program and returns what it said. */
  static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(List.of(command) + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new IllegalStateException(List.of(command) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells whether these programs are there. */
  static boolean has(String... programs) {
    for (String program : programs) {
      try {
        run("sh", "-c", "command -v " + program);
      } catch (IllegalStateException e) {
        return false;
      }
    }
    return true;
  }
}
