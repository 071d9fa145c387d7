package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The batches that a lane has sent to key groups and that are not answered yet. */
final class UnderWay {
  /** By key group, oldest first: they are answered in that order. */
  private final List<Deque<Sent>> byGroup = new ArrayList<>();

  private final long[] sequences;

  /** By generation, how many batches are not answered; a marker that is passed begins another. */
  private final Deque<Generation> generations = new ArrayDeque<>();

  private int size;

  private record Sent(long sequence, Generation generation, Elements elements) {}

  private static final class Generation {
    int batches;

    /** The marker behind it; the smallest number while it has not come. */
    long marker = Long.MIN_VALUE;
  }

  UnderWay(int groups) {
    sequences = new long[groups];
    for (int i = 0; i < groups; i++) {
      byGroup.add(new ArrayDeque<>(4));
    }
    generations.add(new Generation());
  }

  /** Takes note of a batch; returns its sequence number. */
  long sent(int group, Elements elements) {
    Generation generation = generations.getLast();
    generation.batches++;
    size += elements.size();
    byGroup.get(group).add(new Sent(sequences[group], generation, elements));
    return sequences[group]++;
  }

  void answered(int group) {
    Sent sent = byGroup.get(group).remove();
    sent.generation().batches--;
    size -= sent.elements().size();
  }

  /** Returns how many elements there are. */
  int size() {
    return size;
  }

  boolean has(int group) {
    return !byGroup.get(group).isEmpty();
  }

  /** A marker has been passed without waiting. */
  void passed(long marker) {
    generations.getLast().marker = marker;
    generations.add(new Generation());
  }

  /**
   * Returns the oldest marker that was passed and before which everything is answered, once; the
   * smallest number if there is none.
   */
  long takeAnswered() {
    Generation oldest = generations.element();
    if (oldest.batches > 0 || oldest.marker == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    generations.remove();
    return oldest.marker;
  }

  /** Returns what is under way now, as later batches and answers do not change it. */
  Snapshot snapshot() {
    return new Snapshot(byGroup.stream().map(List::copyOf).toList());
  }

  /** What was under way at a moment. */
  static final class Snapshot {
    private final List<List<Sent>> byGroup;

    private Snapshot(List<List<Sent>> byGroup) {
      this.byGroup = byGroup;
    }

    /**
     * Returns what is behind a cut, group by group.
     *
     * @param merged by key group, how many batches are before the cut
     */
    List<Elements> behind(Map<Integer, Long> merged) {
      List<Elements> behind = new ArrayList<>();
      for (int group = 0; group < byGroup.size(); group++) {
        for (Sent sent : byGroup.get(group)) {
          if (sent.sequence() >= merged.getOrDefault(group, 0L)) {
            behind.add(sent.elements());
          }
        }
      }
      return behind;
    }
  }
}
