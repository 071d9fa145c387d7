package dev.keyling.persistence.leveldb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets calls of a process that writes fail in the kernel, each at its N-th time. */
class InjectedFaultTest {

  private static final List<String> CALLS = List.of("fdatasync", "msync", "ftruncate", "openat");
  private static final int EVENTS = 4000;

  @TempDir Path home;

  @BeforeEach
  void needsStrace() {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux") && Shell.has("strace"), "needs strace");
    try {
      Shell.run("strace", "-o", "/dev/null", "-e", "inject=getuid:error=EIO", "true");
    } catch (IllegalStateException e) {
      Assumptions.abort("needs a strace that may trace: " + e.getMessage());
    }
  }

  @Test
  void losesNothingWhenACallFails() throws IOException {
    injectErrors(new int[] {1, 3});
  }

  @Test
  @Tag("stress")
  void losesNothingWhateverCallFails() throws IOException {
    injectErrors(new int[] {1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 40, 55, 75});
  }

  @Test
  void isOnlySlowOnASlowDisk() throws IOException {
    assertThat(run("delay", "inject=fdatasync,msync:delay_enter=20000", 500)).isEqualTo("done");
  }

  private void injectErrors(int[] times) throws IOException {
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    int round = 0;
    for (String error : List.of("EIO", "ENOSPC")) {
      for (String call : CALLS) {
        for (int time : times) {
          String fault = "inject=%s:error=%s:when=%d".formatted(call, error, time);
          String outcome = run("round" + round++, fault, EVENTS);
          outcomes.merge(outcome, 1, Integer::sum);
        }
      }
    }
    System.out.printf(
        "fault suite: injected errors: %d rounds, all acknowledged recovered; %s%n",
        round, outcomes);
    assertThat(outcomes.get("told")).isPositive();
  }

  /** Runs one writer with one fault; returns how it ended. */
  private String run(String name, String fault, int events) throws IOException {
    Path dir = home.resolve(name);
    Path notes = home.resolve(name + ".notes");
    String outcome;
    try (ScribeProcess scribe =
            ScribeProcess.start(List.of(), dir, notes, 0, events, false, "wait");
        Strace strace = traced(scribe, fault)) {
      scribe.goOn();
      outcome = outcome(scribe, fault);
    }
    Notes.all(notes).checkAgainst(dir);
    return outcome;
  }

  private static Strace traced(ScribeProcess scribe, String fault) throws IOException {
    scribe.awaitLine("ready true");
    return new Strace(scribe, fault);
  }

  private static String outcome(ScribeProcess scribe, String fault) throws IOException {
    int code = scribe.exitCode();
    String said = scribe.rest();
    if (code == 0) {
      return "done";
    }
    assertThat(code).as(fault + "\n" + said).isEqualTo(Scribe.FAILED);
    assertThat(said).as(fault).containsPattern("failed: .*cannot .* the store in .*round");
    return "told";
  }
}
