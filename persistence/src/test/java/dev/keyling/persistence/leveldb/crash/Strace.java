package dev.keyling.persistence.leveldb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Traces a process, and tampers with its calls until closed or until it ends. */
final class Strace implements AutoCloseable {

  private final Process process;

  /** Begins; {@code fault} as strace's option {@code -e} takes it. */
  Strace(ScribeProcess traced, String fault) throws IOException {
    process =
        new ProcessBuilder(
                "strace", "-f", "-o", "/dev/null", "-p", Long.toString(traced.pid()), "-e", fault)
            .redirectErrorStream(true)
            .start();
    assertThat(process.inputReader().readLine()).contains("attached");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
