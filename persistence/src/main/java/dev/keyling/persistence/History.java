package dev.keyling.persistence;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids (checkpoints of attempts) whose commits and rows count. What lies outside was rolled back
 * or written by a zombie. Ids are unique across attempts and grow from attempt to attempt.
 * Immutable.
 */
public final class History {

  private static final History EVERYTHING =
      new History(List.of(new Segment(0, Long.MIN_VALUE, Long.MAX_VALUE)));

  private final List<Segment> segments;

  private History(List<Segment> segments) {
    this.segments = segments;
  }

  /** Returns the history in which everything counts: nothing was ever rolled back. */
  public static History everything() {
    return EVERYTHING;
  }

  /**
   * Returns the history made of these segments, in any order. Empty segments are left out; with no
   * segments nothing counts.
   *
   * @throws IllegalArgumentException if two segments overlap
   */
  public static History of(List<Segment> segments) {
    List<Segment> sorted =
        segments.stream()
            .filter(s -> s.from() < s.to())
            .sorted(Comparator.comparingLong(Segment::from))
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).from() < sorted.get(i - 1).to()) {
        throw new IllegalArgumentException(
            "segments overlap: " + sorted.get(i - 1) + " and " + sorted.get(i));
      }
    }
    return new History(sorted);
  }

  /** Tells whether what was written under this id counts. */
  public boolean contains(long id) {
    Segment segment = at(id);
    return segment != null;
  }

  /** Tells whether what this attempt wrote under this id counts. */
  public boolean contains(int attempt, long id) {
    Segment segment = at(id);
    return segment != null && (equals(EVERYTHING) || segment.attempt() == attempt);
  }

  /** Returns the segments, oldest first, none empty. */
  public List<Segment> segments() {
    return segments;
  }

  /**
   * Returns the newest id this history knows of, or {@link Long#MIN_VALUE} if it is empty. An id
   * above it is not invalid but unknown: somebody newer may have written it.
   */
  public long newest() {
    return segments.isEmpty() ? Long.MIN_VALUE : segments.get(segments.size() - 1).to();
  }

  /** Returns what counted when this id was the newest. */
  public History upTo(long id) {
    return of(
        segments.stream()
            .filter(segment -> segment.from() < id)
            .map(s -> new Segment(s.attempt(), s.from(), Math.min(s.to(), id)))
            .toList());
  }

  /** Tells whether every id up to {@code limit} that counts here counts in the other one too. */
  public boolean isKeptBy(History other, long limit) {
    for (Segment segment : segments) {
      long from = segment.from();
      long to = Math.min(segment.to(), limit);
      while (from < to) {
        Segment covering = from == Long.MAX_VALUE ? null : other.at(from + 1);
        if (covering == null) {
          return false;
        }
        from = covering.to();
      }
    }
    return true;
  }

  private @Nullable Segment at(long id) {
    int low = 0;
    int high = segments.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Segment segment = segments.get(middle);
      if (id <= segment.from()) {
        high = middle - 1;
      } else if (id > segment.to()) {
        low = middle + 1;
      } else {
        return segment;
      }
    }
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof History history && segments.equals(history.segments);
  }

  @Override
  public int hashCode() {
    return segments.hashCode();
  }

  @Override
  public String toString() {
    return equals(EVERYTHING) ? "History[everything]" : "History" + segments;
  }
}
