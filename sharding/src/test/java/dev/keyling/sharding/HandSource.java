package dev.keyling.sharding;

import dev.keyling.connector.Position;
import dev.keyling.connector.Source;
import dev.keyling.connector.SourceReader;
import dev.keyling.kernel.Outputs;
import dev.keyling.semantics.world.Engine.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source that is fed by hand, in one partition that outlives its readers. An element with its
 * time or a tick, which moves the watermark: ticks are so much greater than the timestamps of
 * elements that these never do.
 */
final class HandSource implements Source<Arrival> {
  /** What is not an element. */
  private static final Object TICK = "tick";

  private static final long FAR = 1L << 61;

  /** Behind a watermark strategy of this bound a tick is the watermark. */
  static final Duration BOUND = Duration.ofMillis(FAR);

  private final List<Arrival> all = new ArrayList<>();
  private boolean ended;
  private boolean idle;
  private int read;

  static Arrival tick(long watermark) {
    return new Arrival(TICK, watermark + FAR + 1);
  }

  static boolean isElement(Arrival arrival) {
    return arrival.element() != TICK;
  }

  synchronized void offer(List<Arrival> arrivals) {
    all.addAll(arrivals);
  }

  synchronized void end() {
    ended = true;
  }

  /** Returns how many elements and ticks there are. */
  synchronized int size() {
    return all.size();
  }

  /** Tells whether the present reader has read everything. */
  synchronized boolean isRead() {
    return read == all.size();
  }

  /** Tells whether it had nothing when it was asked last. */
  synchronized boolean isIdle() {
    return idle;
  }

  /** Takes everything back from the given place on; no reader must be there. */
  synchronized void truncate(int size) {
    all.subList(size, all.size()).clear();
  }

  @Override
  public List<String> partitions() {
    return List.of("hand");
  }

  @Override
  public SourceReader<Arrival> open(String partition, Optional<Position> from) {
    int first = from.map(at -> Integer.parseInt(at.offset())).orElse(0);
    synchronized (this) {
      read = first;
    }
    return new Reader(first);
  }

  private final class Reader implements SourceReader<Arrival> {
    private int next;
    private @Nullable Arrival current;

    Reader(int first) {
      next = first;
    }

    @Override
    public Status advance() {
      synchronized (HandSource.this) {
        idle = next == all.size() && !ended;
        if (next == all.size()) {
          return ended ? Status.END : Status.IDLE;
        }
        current = all.get(next++);
        read = next;
        return Status.ELEMENT;
      }
    }

    @Override
    public Arrival current() {
      return current;
    }

    @Override
    public @Nullable Long timestamp() {
      long timestamp = current.timestamp();
      return timestamp == Outputs.NO_TIMESTAMP ? null : (Long) timestamp;
    }

    @Override
    public Position position() {
      return new Position("hand", Integer.toString(next));
    }

    @Override
    public void close() {}
  }
}
