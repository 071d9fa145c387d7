package dev.keyling.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code job history}: what became of one key. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows the life of a key: what each commit has set and removed, oldest first.",
      "A commit has the id of its checkpoint; when that was complete is known of those that are"
          + " retained. What later ones superseded stays known while it is in the journal, or was"
          + " the newest at a checkpoint that is retained (setNumRetained); the second line says how"
          + " far that goes. What was rolled back is not shown."
    })
public final class HistoryCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private JobCommand streams;

  @Mixin private ClosedStore closed = new ClosedStore();

  @Mixin private AskedKey asked = new AskedKey();

  @Option(
      names = "--json",
      description =
          "Print lines of JSON: one that says which key it is and how far all is known"
              + " (completeAfter), then one per commit.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    KeyHistory history;
    try (OfflineStore store = closed.open()) {
      SoughtKey sought = asked.in(store, closed.dir());
      history = KeyHistory.of(sought);
      if (history.isEmpty()) {
        throw sought.unknown();
      }
    }
    if (json) {
      printJson(history, streams.out());
    } else {
      print(history, streams.out());
    }
    return 0;
  }

  private static void printJson(KeyHistory history, PrintStream out)
      throws JsonProcessingException {
    Map<String, @Nullable Object> head = history.place().words();
    head.put("completeAfter", history.completeAfter());
    out.println(Json.line(head));
    for (KeyHistory.Commit commit : history.commits()) {
      out.println(Json.line(commit));
    }
  }

  private static void print(KeyHistory history, PrintStream out) throws JsonProcessingException {
    out.println(history.place().title());
    out.println(
        history.completeAfter() == null
            ? "This is all that the store was ever told of it: nothing was superseded."
            : ("Everything is known of commits after %d. Of those up to %d is known what was not superseded,"
                    + " or not before a checkpoint that is retained; setNumRetained retains more of them.")
                .formatted(history.completeAfter(), history.completeAfter()));
    for (KeyHistory.Commit commit : history.commits()) {
      out.printf(
          "%ncommit %d%s%n",
          commit.commit(),
          commit.completedAt() == null ? "" : ", complete at " + commit.completedAt());
      for (Map<String, @Nullable Object> entry : commit.set()) {
        print("set", entry, EntryLine.value(entry), out);
      }
      for (Map<String, @Nullable Object> entry : commit.removed()) {
        print(gone(entry), entry, "", out);
      }
    }
  }

  private static void print(
      String what, Map<String, @Nullable Object> entry, String value, PrintStream out)
      throws JsonProcessingException {
    out.printf("  %-16s %s%s%n", what, EntryLine.name(entry), value);
  }

  /** A timer that has fired is removed as one that was deleted. */
  private static String gone(Map<String, @Nullable Object> entry) {
    return entry.containsKey("timer") ? "fired or deleted" : "removed";
  }
}
