package dev.keyling.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.persistence.leveldb.offline.StoreStats;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code store stats}: what is in it, in numbers. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = "Counts what is in a store: files, keys, rows, timers, events, and their sizes.")
public final class StatsCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private StoreCommand streams;

  @Mixin private ClosedStore closed = new ClosedStore();

  @Option(names = "--json", description = "Say it as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    StoreStats stats;
    try (OfflineStore store = closed.open()) {
      stats = store.stats();
    }
    if (json) {
      streams.out().println(Json.line(stats));
    } else {
      print(stats, streams.out());
    }
    return 0;
  }

  private void print(StoreStats stats, PrintStream out) {
    out.printf(
        "%s: format %d, %s, %d key groups per step, made as %s%n",
        closed.dir(),
        stats.format(),
        stats.owner().isEmpty() ? "of anybody" : "of \"" + stats.owner() + "\"",
        stats.keyGroups(),
        stats.creation());
    for (StoreStats.FileKind files : stats.files()) {
      out.printf("%,14d bytes in %d files: %s%n", files.bytes(), files.count(), files.kind());
    }
    StoreStats.Journals journals = stats.journals();
    out.printf(
        "%,14d events of %,d journals that are not of key groups, %,d bytes%n",
        journals.events(), journals.ids(), journals.bytes());
    stats.steps().forEach(step -> print(step, out));
  }

  private static void print(StoreStats.Step step, PrintStream out) {
    out.printf("dataflow %s, step %s%n", step.dataflow(), step.step());
    out.printf("%,14d keys in %d key groups%n", step.keys(), step.groups());
    out.printf(
        "%,14d rows in %,d versions, %,d of them tombstones; %,d wait to be tidied%n",
        step.rows(), step.versions(), step.tombstones(), step.debts());
    out.printf("%,14d timers%n", step.timers());
    out.printf("%,14d events in journals, %,d bytes%n", step.events(), step.eventBytes());
    if (step.oldestCommit() != null) {
      out.printf("%14s commits%n", step.oldestCommit() + " to " + step.newestCommit());
    }
    for (StoreStats.Sizes sizes : step.sizes()) {
      out.printf(
          "%,14d bytes of %s: %,d values of %,d to %,d bytes, %,d on average%n",
          sizes.bytes(), sizes.of(), sizes.count(), sizes.min(), sizes.max(), sizes.average());
    }
  }
}
