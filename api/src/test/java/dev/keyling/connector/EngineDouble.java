package dev.keyling.connector;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays the engine to a lines writer. What it knows of completed checkpoints survives every crash;
 * the rest of a life does not.
 *
 * <p>A life is a script of words: {@code w3} writes the next three lines, {@code p5} prepares
 * checkpoint 5, {@code c5} completes it (the durable write), {@code m5} commits it. A prepared
 * checkpoint that is never completed was given up.
 */
final class EngineDouble {
  private static final int BUFFER = 16;

  /** A completed checkpoint: the lines it covers, and the handles not known to be committed. */
  record Completed(long id, int lines, List<byte[]> handles) {}

  private final Disk disk;
  private final Path file;
  private final List<String> lines;
  private final boolean newestHandleOnly;
  private final List<Completed> completed = new ArrayList<>();
  private long usedId;
  private boolean truncate;

  EngineDouble(Disk disk, Path file, List<String> lines, boolean newestHandleOnly) {
    this.disk = disk;
    this.file = file;
    this.lines = lines;
    this.newestHandleOnly = newestHandleOnly;
  }

  /** Lives one life: recovers, plays the script, and closes. */
  void live(String script) throws Exception {
    LinesWriter writer = new LinesWriter(disk, file, truncate, BUFFER);
    Completed last = last();
    writer.recover(last == null ? null : new Restored(last.id(), last.handles()));
    int written = last == null ? 0 : last.lines();
    long base = usedId;
    NavigableMap<Long, byte[]> prepared = new TreeMap<>();
    Map<Long, Integer> covered = new TreeMap<>();
    for (String word : script.split(" ")) {
      long number = Long.parseLong(word.substring(1));
      long id = base + number;
      switch (word.charAt(0)) {
        case 'w' -> {
          for (int i = 0; i < number && written < lines.size(); i++) {
            writer.write(lines.get(written++));
          }
        }
        case 'p' -> {
          usedId = id;
          prepared.put(id, writer.prepare(id));
          covered.put(id, written);
        }
        case 'c' -> completed.add(new Completed(id, covered.get(id), upTo(id, prepared)));
        case 'm' -> {
          if (!newestHandleOnly) {
            for (Map.Entry<Long, byte[]> earlier : prepared.headMap(id).entrySet()) {
              writer.commit(earlier.getKey(), earlier.getValue());
            }
          }
          writer.commit(id, prepared.get(id));
          prepared.headMap(id, true).clear();
        }
        default -> throw new IllegalArgumentException(word);
      }
    }
    writer.close();
  }

  private List<byte[]> upTo(long id, NavigableMap<Long, byte[]> prepared) {
    return newestHandleOnly
        ? List.of(prepared.get(id))
        : List.copyOf(prepared.headMap(id, true).values());
  }

  /** Restores an older checkpoint in the next life, and lets the sink cut its file for it. */
  void goBackTo(int numberOfCheckpoints) {
    completed.subList(numberOfCheckpoints, completed.size()).clear();
    truncate = true;
  }

  /** The lines of the last completed checkpoint. */
  int completedLines() {
    Completed last = last();
    return last == null ? 0 : last.lines();
  }

  private @Nullable Completed last() {
    return completed.isEmpty() ? null : completed.get(completed.size() - 1);
  }
}
