package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.leveldb.offline.StoreVerdict.Problem;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with a store; remembers the first ones and counts them all. */
final class Problems {

  private static final int REMEMBERED = 1000;

  private final List<Problem> first = new ArrayList<>();
  private long count;

  void add(String where, String what) {
    if (first.size() < REMEMBERED) {
      first.add(new Problem(where, what));
    }
    count++;
  }

  List<Problem> first() {
    return List.copyOf(first);
  }

  long count() {
    return count;
  }
}
