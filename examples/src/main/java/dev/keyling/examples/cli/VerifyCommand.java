package dev.keyling.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.persistence.leveldb.offline.StoreVerdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code store verify}: is all of it whole. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every file, every block and every record of a store, the chain of its batches",
      "and journals, and that rows, timers and marks agree."
    },
    footerHeading = "%n",
    footer = "Exit code: 0 nothing is wrong, 1 damaged, 2 what was asked for cannot be done.")
public final class VerifyCommand implements Callable<Integer> {
  private static final int DAMAGED = 1;

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private StoreCommand streams;

  @Mixin private ClosedStore closed = new ClosedStore();

  @Option(names = "--json", description = "Say it as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    StoreVerdict verdict;
    try (OfflineStore store = closed.open()) {
      verdict = store.verify();
    }
    if (json) {
      streams.out().println(Json.line(verdict));
    } else {
      print(verdict);
    }
    return verdict.isClean() ? 0 : DAMAGED;
  }

  private void print(StoreVerdict verdict) {
    String read =
        "%,d records in %d tables and %,d batches of the log"
            .formatted(verdict.records(), verdict.tables(), verdict.batches());
    streams
        .out()
        .println(
            verdict.isClean()
                ? "clean: " + closed.dir() + ", " + read
                : "DAMAGED: %s, %,d problems; %s"
                    .formatted(closed.dir(), verdict.problemCount(), read));
    verdict.problems().forEach(p -> streams.out().println("  " + p.where() + ": " + p.what()));
    long more = verdict.problemCount() - verdict.problems().size();
    if (more > 0) {
      streams.out().printf("  and %,d more%n", more);
    }
    verdict.notes().forEach(note -> streams.out().println("note: " + note));
  }
}
