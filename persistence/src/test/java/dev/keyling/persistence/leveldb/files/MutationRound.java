package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.journal.JournalKeys;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.persistence.leveldb.offline.StoreVerdict;
import dev.keyling.persistence.leveldb.record.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Mutates copies of stores and uses them, in a JVM of its own: native code may abort it. Prints
 * what it begins and how it ended, line by line.
 */
final class MutationRound {

  private static final byte[] LAST_KEY = {Tag.CREATION};

  private final Path stores;
  private final Random random;
  private final Path work;
  private final List<String> reports = new ArrayList<>();

  private MutationRound(Path stores, Path work, long seed) {
    this.stores = stores;
    this.work = work;
    this.random = new Random(seed);
  }

  /** Arguments: directory of the stores, seed, first round, end. */
  public static void main(String[] args) throws IOException {
    Path stores = Path.of(args[0]);
    Path work = stores.resolve("work-" + ProcessHandle.current().pid());
    Map<String, Map<String, String>> contents = new TreeMap<>();
    for (int round = Integer.parseInt(args[2]); round < Integer.parseInt(args[3]); round++) {
      long seed = Long.parseLong(args[1]) + round * 1_000_003L;
      new MutationRound(stores, work, seed).run(round, contents);
    }
    Stores.delete(work);
  }

  private void run(int round, Map<String, Map<String, String>> contents) throws IOException {
    MutatedStore shape = MutatedStore.values()[random.nextInt(MutatedStore.values().length)];
    Path from = stores.resolve(shape + "-0");
    Map<String, String> expected = contents.get(shape.name());
    if (expected == null) {
      Stores.delete(work);
      MutatedStore.copy(from.resolve("store"), work);
      try (LevelDbStore store = open()) {
        expected = read(store);
      }
      contents.put(shape.name(), expected);
    }
    Stores.delete(work);
    MutatedStore.copy(from.resolve("store"), work);
    reports.clear();
    List<Path> files = Mutation.files(work);
    List<String> roles = files.stream().map(Mutation::role).distinct().toList();
    String role = roles.get(random.nextInt(roles.size()));
    List<Path> ofRole = files.stream().filter(f -> Mutation.role(f).equals(role)).toList();
    Path file = ofRole.get(random.nextInt(ofRole.size()));
    Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
    String did =
        mutation.apply(
            file, random, stores.resolve(shape + "-1").resolve("store"), from.resolve("old"));
    System.out.println(
        "BEGIN|%d|%s|%s|%s|%s %s".formatted(round, shape, mutation, role, file.getFileName(), did));
    boolean verified = verify();
    String outcome = use(expected);
    if (verified && outcome.startsWith("REFUSED")) {
      outcome = "NOT VERIFIED|" + outcome;
    } else if (!verified && !outcome.startsWith("REFUSED") && !outcome.startsWith("SILENT")) {
      outcome = "VERIFY FINDS MORE|" + verdict + " " + outcome;
    }
    System.out.println("END|" + round + "|" + outcome);
  }

  private String use(Map<String, String> expected) {
    String outcome;
    try (LevelDbStore store = open()) {
      outcome = compare(expected, attempt(() -> read(store)));
      attempt(() -> burst(store));
    } catch (StoreException e) {
      return "REFUSED at open|" + e.getMessage();
    }
    if (outcome.startsWith("SILENT")) {
      return outcome;
    }
    // what was damaged may have been rewritten: it must not have become plausible
    try (LevelDbStore store = open()) {
      Map<String, String> again = attempt(() -> read(store));
      String later = again == null ? outcome : compare(expected, withoutBurst(again));
      boolean worse = later.startsWith("SILENT") || again != null && outcome.startsWith("REFUSED");
      return worse ? "SILENT after writing|" + outcome + " then " + later : outcome;
    } catch (StoreException e) {
      return outcome;
    }
  }

  private String compare(Map<String, String> expected, Map<String, String> found) {
    if (found == null) {
      return "REFUSED at read|" + refusal;
    }
    if (found.equals(expected)) {
      return reports.isEmpty() ? "EQUAL" : "EQUAL, reported|" + reports;
    }
    Map<String, String> synced = new TreeMap<>(expected);
    synced.keySet().removeIf(key -> key.startsWith(unsynced()));
    return !reports.isEmpty() && found.equals(synced)
        ? "UNSYNCED END LOST, reported|" + reports
        : "SILENT|" + difference(expected, found);
  }

  private static String unsynced() {
    return HexFormat.of().formatHex(new JournalKeys("end").event(41));
  }

  private static String difference(Map<String, String> expected, Map<String, String> found) {
    Map<String, String> missing = new TreeMap<>(expected);
    found.forEach(missing::remove);
    Map<String, String> extra = new TreeMap<>(found);
    expected.forEach(extra::remove);
    return "%d missing, %d extra, first %s"
        .formatted(missing.size(), extra.size(), missing.isEmpty() ? extra : missing)
        .substring(0, 60);
  }

  private String refusal = "";
  private String verdict = "";

  private boolean verify() {
    try (OfflineStore store = OfflineStore.open(work)) {
      StoreVerdict found = store.verify();
      verdict = found.problems().toString();
      return found.isClean();
    }
  }

  private interface Use<T> {
    T run();
  }

  private <T> T attempt(Use<T> use) {
    try {
      return use.run();
    } catch (StoreException e) {
      refusal = e.getMessage();
      return null;
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException refused) {
        refusal = refused.getMessage();
        return null;
      }
      throw e;
    }
  }

  private LevelDbStore open() {
    return LevelDbStore.open(MutatedStore.settings(work), reports::add);
  }

  /** Reads every record, then the journals as they are replayed. */
  private static Map<String, String> read(LevelDbStore store) {
    Map<String, String> content = new TreeMap<>();
    try (Cursor cursor = Stores.database(store).cursor(false)) {
      cursor.seek(new byte[] {Tag.EVENT});
      for (; !cursor.isIn(LAST_KEY); cursor.next()) {
        content.put(
            HexFormat.of().formatHex(cursor.key()), Integer.toString(cursor.body().hashCode()));
      }
    }
    for (String id : List.of("log", "a", "b", "gone", "end", "keyling|flow|step|1")) {
      Stores.journal(store).replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE, (n, body) -> {});
    }
    return content;
  }

  /** Writes enough for a compaction of everything. */
  private static boolean burst(LevelDbStore store) {
    MutatedStore.events(store, "\u0001burst", 1, 200, new Random(1));
    MutatedStore.events(store, "zburst", 1, 200, new Random(1));
    return true;
  }

  private static Map<String, String> withoutBurst(Map<String, String> content) {
    Map<String, String> rest = new TreeMap<>(content);
    for (String id : List.of("\u0001burst", "zburst")) {
      String prefix = HexFormat.of().formatHex(new JournalKeys(id).events());
      rest.keySet().removeIf(key -> key.startsWith(prefix));
    }
    return rest;
  }
}
