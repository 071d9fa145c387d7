package dev.keyling.benchmarks;

import dev.keyling.benchmarks.workload.KeySequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** What an event gives: its number, its key, and how many of its key have come with it. */
record CountedLine(long number, String key, long count) {

  static CountedLine parse(String line) {
    String[] fields = line.split(",", -1);
    return new CountedLine(Long.parseLong(fields[0]), fields[1], Long.parseLong(fields[2]));
  }

  /** Returns the number of the event, without looking at the rest of the line. */
  static long numberOf(String line) {
    return Long.parseLong(line, 0, line.indexOf(','), 10);
  }

  @Override
  public String toString() {
    return number + "," + key + "," + count;
  }

  /**
   * Tells whether a file holds the line of each of these events once, and the counts of each key in
   * their order.
   */
  static boolean areRight(Path file, KeySequence keys, int events) throws IOException {
    BitSet seen = new BitSet(events);
    long[] counts = new long[keys.size()];
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line; (line = lines.readLine()) != null; ) {
        CountedLine found = parse(line);
        int number = Math.toIntExact(found.number);
        boolean again = seen.get(number);
        seen.set(number);
        if (again
            || number >= events
            || !found.key.equals(keys.keyOf(number))
            || found.count != ++counts[keys.indexOf(number)]) {
          return false;
        }
      }
    }
    return seen.cardinality() == events;
  }
}
