package dev.keyling.sharding;

import dev.keyling.connector.Position;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A source of numbered elements in some partitions, for tests: crashes once at each of some places,
 * waits where it is told to, and can stay open at its end.
 */
final class CrashingSource<T> implements Source<T> {
  private final int partitions;
  private final int size;
  private final IntFunction<T> element;
  private final Set<Integer> crashes = ConcurrentHashMap.newKeySet();
  private IntPredicate mayRead = index -> true;
  private boolean endless;
  private volatile int furthest;

  CrashingSource(int partitions, int size, IntFunction<T> element) {
    this.partitions = partitions;
    this.size = size;
    this.element = element;
  }

  /** Makes the elements of one partition; the size is that of all together. */
  static <T> CrashingSource<T> of(int size, IntFunction<T> element) {
    return new CrashingSource<>(1, size, element);
  }

  CrashingSource<T> crashingAt(Integer... indexes) {
    crashes.addAll(List.of(indexes));
    return this;
  }

  /** An element is there only when this says so. */
  CrashingSource<T> when(IntPredicate isThere) {
    mayRead = isThere;
    return this;
  }

  /** The input does not end. */
  CrashingSource<T> endless() {
    endless = true;
    return this;
  }

  /** Returns the greatest index that was read. */
  int furthest() {
    return furthest;
  }

  @Override
  public List<String> partitions() {
    return IntStream.range(0, partitions).mapToObj(Integer::toString).toList();
  }

  @Override
  public SourceReader<T> open(String partition, Optional<Position> from) {
    int first = from.map(at -> Integer.parseInt(at.offset())).orElse(Integer.parseInt(partition));
    return new SourceReader<>() {
      private int next = first;
      private @Nullable T current;

      @Override
      public Status advance() {
        if (crashes.remove(next)) {
          throw new IllegalStateException("crash before element " + next);
        }
        if (next >= size) {
          return endless ? Status.IDLE : Status.END;
        }
        if (!mayRead.test(next)) {
          return Status.IDLE;
        }
        current = element.apply(next);
        furthest = Math.max(furthest, next);
        next += partitions;
        return Status.ELEMENT;
      }

      @Override
      public T current() {
        return current;
      }

      @Override
      public Position position() {
        return new Position(partition, Integer.toString(next));
      }

      @Override
      public void close() {}
    };
  }
}
