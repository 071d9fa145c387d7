package dev.keyling.actors;

import dev.keyling.kernel.GroupKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All keys of a key group that hold something, in key order, each once: those that were in memory
 * at the beginning, and between them those in rows, of which a page is read when it is needed. A
 * key whose changes become rows on the way is found in both, and taken once. A key that is first
 * heard of on the way may be left out. Runs in the key group's thread.
 */
final class KeyPages {
  /** How many keys in rows are held at once. */
  static final int PAGE = 1000;

  private final List<byte[]> inMemory;
  private final Deque<byte[]> inRows = new ArrayDeque<>();
  private int next;
  private byte @Nullable [] readUpTo;
  private boolean allRead;

  /**
   * @param inMemory keys in any order, some perhaps more than once; it is kept
   * @param hasRows whether there may be others in rows
   */
  KeyPages(List<byte[]> inMemory, boolean hasRows) {
    inMemory.sort(Arrays::compareUnsigned);
    this.inMemory = inMemory;
    this.allRead = !hasRows;
  }

  /** Tells that it takes more rows to know which key comes next. */
  boolean needsRows() {
    return inRows.isEmpty() && !allRead;
  }

  /** Returns the key behind which to read rows; null at the beginning. */
  byte @Nullable [] readUpTo() {
    return readUpTo;
  }

  /** Takes the next keys in rows; fewer than a page are the last. */
  void read(List<byte[]> page) {
    allRead = page.size() < PAGE;
    inRows.addAll(page);
    readUpTo = page.isEmpty() ? readUpTo : page.get(page.size() - 1);
  }

  /** Returns the next keys; fewer than asked for if rows are needed, or at the end. */
  List<byte[]> take(int count) {
    List<byte[]> taken = new ArrayList<>();
    while (taken.size() < count && !needsRows() && !isEnded()) {
      byte[] key = smallest();
      if (!GroupKey.is(key)) {
        taken.add(key);
      }
    }
    return taken;
  }

  private byte[] smallest() {
    byte[] stored = inRows.peek();
    byte[] known = next < inMemory.size() ? inMemory.get(next) : null;
    if (known == null || (stored != null && Arrays.compareUnsigned(stored, known) < 0)) {
      return inRows.remove();
    }
    if (stored != null && Arrays.equals(stored, known)) {
      inRows.remove();
    }
    do {
      next++;
    } while (next < inMemory.size() && Arrays.equals(inMemory.get(next), known));
    return known;
  }

  /** Leaves out what is left. */
  void skipRest() {
    next = inMemory.size();
    inRows.clear();
    allRead = true;
  }

  boolean isEnded() {
    return allRead && inRows.isEmpty() && next == inMemory.size();
  }
}
