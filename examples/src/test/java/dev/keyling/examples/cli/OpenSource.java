package dev.keyling.examples.cli;

import static java.util.Objects.requireNonNull;

import dev.keyling.connector.Position;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A source of one partition that waits at its end for what a test adds. */
final class OpenSource<T> implements Source<T> {
  private final List<T> elements = new CopyOnWriteArrayList<>();

  void add(T element) {
    elements.add(element);
  }

  @Override
  public List<String> partitions() {
    return List.of("0");
  }

  @Override
  public SourceReader<T> open(String partition, Optional<Position> from) {
    int first = from.map(at -> Integer.parseInt(at.offset())).orElse(0);
    return new SourceReader<>() {
      private int next = first;
      private @Nullable T current;

      @Override
      public Status advance() {
        if (next == elements.size()) {
          return Status.IDLE;
        }
        current = elements.get(next++);
        return Status.ELEMENT;
      }

      @Override
      public T current() {
        return requireNonNull(current);
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
