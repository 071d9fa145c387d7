package dev.keyling.testing;

import dev.keyling.connector.Position;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A source for tests: elements, and what happens between them. One partition, {@code "0"}; a
 * position is the index of what comes next.
 *
 * <pre>{@code
 * flow.from("payments", TestingSource.of(a, b).crash().then(c));
 * }</pre>
 *
 * <p>What happens between elements happens once, when it is first reached: a restart that reads the
 * same place again goes on behind it. The source object remembers that, so it can be run once only.
 * Adding to a source gives a new one, to which nothing has happened yet. Thread-safe.
 */
public final class TestingSource<T> implements Source<T> {
  private static final String PARTITION = "0";

  private final List<Item<T>> items;
  private final Set<Integer> happened = ConcurrentHashMap.newKeySet();

  private TestingSource(List<Item<T>> items) {
    this.items = items;
  }

  /** What comes next. */
  sealed interface Item<T> {
    record Element<T>(T value, @Nullable Long timestamp) implements Item<T> {}

    record Crash<T>() implements Item<T> {}

    record Advance<T>(Duration by) implements Item<T> {}
  }

  /** Returns a source of elements without timestamps. */
  @SafeVarargs
  @SuppressWarnings("varargs") // passed on to a method that only reads them
  public static <T> TestingSource<T> of(T... elements) {
    return new TestingSource<T>(List.of()).then(elements);
  }

  /** Returns a source of elements with timestamps. */
  @SafeVarargs
  @SuppressWarnings("varargs") // passed on to a method that only reads them
  public static <T> TestingSource<T> timestamped(TimestampedValue<T>... elements) {
    return new TestingSource<T>(List.of()).thenTimestamped(elements);
  }

  /** Adds elements without timestamps. */
  @SafeVarargs
  public final TestingSource<T> then(T... elements) {
    List<Item<T>> more = new ArrayList<>();
    for (T element : elements) {
      more.add(new Item.Element<>(element, null));
    }
    return with(more);
  }

  /** Adds elements with timestamps. */
  @SafeVarargs
  public final TestingSource<T> thenTimestamped(TimestampedValue<T>... elements) {
    List<Item<T>> more = new ArrayList<>();
    for (TimestampedValue<T> element : elements) {
      more.add(new Item.Element<>(element.value(), element.timestamp()));
    }
    return with(more);
  }

  /** Adds a crash: the reader throws, once, when it gets here. */
  public TestingSource<T> crash() {
    return with(List.of(new Item.Crash<>()));
  }

  /**
   * Moves the clock of a {@link DataflowTestHarness}; what becomes due happens before the next
   * element. A running system has a clock of its own: there it does nothing.
   */
  public TestingSource<T> advance(Duration by) {
    return with(List.of(new Item.Advance<>(by)));
  }

  private TestingSource<T> with(List<Item<T>> more) {
    List<Item<T>> all = new ArrayList<>(items);
    all.addAll(more);
    return new TestingSource<>(List.copyOf(all));
  }

  @Override
  public List<String> partitions() {
    return List.of(PARTITION);
  }

  @Override
  public SourceReader<T> open(String partition, Optional<Position> from) {
    int next = from.map(position -> Integer.parseInt(position.offset())).orElse(0);
    return new Reader<>(items, happened, Objects.checkIndex(next, items.size() + 1));
  }

  /** Reads the items; the harness asks it how far to move the clock. */
  static final class Reader<T> implements SourceReader<T> {
    private final List<Item<T>> items;
    private final Set<Integer> happened;
    private int next;
    private Item.@Nullable Element<T> current;
    private Duration elapsed = Duration.ZERO;

    Reader(List<Item<T>> items, Set<Integer> happened, int next) {
      this.items = items;
      this.happened = happened;
      this.next = next;
    }

    @Override
    public Status advance() {
      while (next < items.size()) {
        int index = next++;
        Item<T> item = items.get(index);
        if (item instanceof Item.Element<T> element) {
          current = element;
          return Status.ELEMENT;
        }
        if (happened.add(index)) {
          return happens(item);
        }
      }
      return Status.END;
    }

    private Status happens(Item<T> item) {
      if (item instanceof Item.Advance<T> advance) {
        elapsed = advance.by();
        return Status.IDLE;
      }
      throw new IllegalStateException("the crash of a TestingSource, before its item " + next);
    }

    /** Returns how far the clock is to be moved since the last call. */
    Duration takeElapsed() {
      Duration taken = elapsed;
      elapsed = Duration.ZERO;
      return taken;
    }

    private Item.Element<T> element() {
      Item.Element<T> element = current;
      if (element == null) {
        throw new IllegalStateException("asked for an element before there was one");
      }
      return element;
    }

    @Override
    public T current() {
      return element().value();
    }

    @Override
    public @Nullable Long timestamp() {
      return element().timestamp();
    }

    @Override
    public Position position() {
      return new Position(PARTITION, Integer.toString(next));
    }

    @Override
    public void close() {}
  }
}
