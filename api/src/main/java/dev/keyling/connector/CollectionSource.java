package dev.keyling.connector;

import java.util.List;
import java.util.Optional;

/** The elements of a list; a position is the index of the next one. */
record CollectionSource<T>(List<T> elements) implements Source<T> {
  private static final String PARTITION = "0";

  @Override
  public List<String> partitions() {
    return List.of(PARTITION);
  }

  @Override
  public SourceReader<T> open(String partition, Optional<Position> from) {
    int next = from.map(this::index).orElse(0);
    return new Reader<>(elements, next);
  }

  private int index(Position position) {
    String offset = position.offset();
    int index = offset.matches("\\d{1,9}") ? Integer.parseInt(offset) : -1;
    if (index < 0 || index > elements.size()) {
      throw new IllegalArgumentException(
          ("cannot go on at element '%s' of a collection of %d: "
                  + "it must be the collection that the job was started with")
              .formatted(offset, elements.size()));
    }
    return index;
  }

  private static final class Reader<T> implements SourceReader<T> {
    private final List<T> elements;
    private int next;

    Reader(List<T> elements, int next) {
      this.elements = elements;
      this.next = next;
    }

    @Override
    public Status advance() {
      if (next == elements.size()) {
        return Status.END;
      }
      next++;
      return Status.ELEMENT;
    }

    @Override
    public T current() {
      return elements.get(next - 1);
    }

    @Override
    public Position position() {
      return new Position(PARTITION, Integer.toString(next));
    }

    @Override
    public void close() {}
  }
}
