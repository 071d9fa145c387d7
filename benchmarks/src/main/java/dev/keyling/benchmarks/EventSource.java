package dev.keyling.benchmarks;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.KeySequence;
import dev.keyling.benchmarks.workload.Measurement;
import dev.keyling.connector.Position;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The events of a workload in two partitions, the even and the odd ones.
 *
 * @param due whether it is time for the event of this number
 */
record EventSource(KeySequence keys, long events, LongPredicate due) implements Source<Event> {

  /** As fast as they are taken. */
  EventSource(KeySequence keys, long events) {
    this(keys, events, number -> true);
  }

  /** Those of a measurement, as fast as they are taken. */
  static EventSource of(Measurement measurement) {
    return new EventSource(
        measurement.keys(),
        measurement.events(),
        number -> {
          measurement.take(number);
          return true;
        });
  }

  @Override
  public List<String> partitions() {
    return List.of("0", "1");
  }

  @Override
  public SourceReader<Event> open(String partition, Optional<Position> from) {
    long first = Long.parseLong(partition);
    return new Reader(
        partition, from.map(position -> Long.parseLong(position.offset())).orElse(first));
  }

  private final class Reader implements SourceReader<Event> {
    private final String partition;
    private long next;

    Reader(String partition, long next) {
      this.partition = partition;
      this.next = next;
    }

    @Override
    public Status advance() {
      if (next >= events) {
        return Status.END;
      }
      if (!due.test(next)) {
        return Status.IDLE;
      }
      next += 2;
      return Status.ELEMENT;
    }

    @Override
    public Event current() {
      return keys.at(next - 2);
    }

    @Override
    public Position position() {
      return new Position(partition, Long.toString(next));
    }

    @Override
    public void close() {}
  }
}
