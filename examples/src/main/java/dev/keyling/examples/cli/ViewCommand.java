package dev.keyling.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code job view}: what one key holds, for people. */
@Command(
    name = "view",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows what a key holds, as of the newest checkpoint or an earlier one.",
      "There is a line for each value, list, map entry and timer. Times are UTC."
          + " A time to live counts from when a value was used; a sweep is when the key is looked"
          + " through for what has expired. 'store dump' prints the same as JSON, entry by entry as"
          + " it is stored."
    })
public final class ViewCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private JobCommand streams;

  @Mixin private ClosedStore closed = new ClosedStore();

  @Mixin private AskedKey asked = new AskedKey();

  @Mixin private AsOf asOf = new AsOf();

  @Option(names = "--json", description = "Print what 'store dump' prints.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    KeyDump dump;
    try (OfflineStore store = closed.open()) {
      SoughtKey sought = asked.in(store, closed.dir());
      dump = KeyDump.of(sought, asOf.checkpoint());
      if (dump.entries().isEmpty() && KeyHistory.of(sought).isEmpty()) {
        throw sought.unknown();
      }
    }
    if (json) {
      streams.out().println(Json.pretty(dump.words()));
    } else {
      print(dump, streams.out());
    }
    return 0;
  }

  private static void print(KeyDump dump, PrintStream out) throws JsonProcessingException {
    out.println(dump.place().title());
    if (dump.checkpoint() != null) {
      out.printf("as of checkpoint %d, completed at %s%n", dump.checkpoint(), dump.completedAt());
    }
    if (dump.entries().isEmpty()) {
      out.println("nothing");
    }
    Map<String, List<Map<String, ? extends @Nullable Object>>> byTitle = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> entry : dump.entries()) {
      byTitle.computeIfAbsent(EntryLine.title(entry), title -> new ArrayList<>()).add(entry);
    }
    for (var each : byTitle.entrySet()) {
      print(each.getKey(), each.getValue(), out);
    }
  }

  private static void print(
      String title, List<Map<String, ? extends @Nullable Object>> entries, PrintStream out)
      throws JsonProcessingException {
    Map<String, ? extends @Nullable Object> first = entries.get(0);
    if (EntryLine.isMapEntry(first)) {
      out.println(title);
      for (Map<String, ? extends @Nullable Object> entry : entries) {
        out.println("  " + Json.line(entry.get("key")) + EntryLine.value(entry));
      }
    } else if (first.containsKey("elements")) {
      List<Map<String, ? extends @Nullable Object>> all = new ArrayList<>();
      entries.forEach(chunk -> all.addAll(EntryLine.elements(chunk)));
      out.println(title + EntryLine.list(all));
    } else {
      out.println(title + EntryLine.value(first));
    }
  }
}
