package dev.keyling.sharding.source;

import dev.keyling.connector.Position;
import dev.keyling.connector.SourceReader;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** A Pekko source: one partition, no positions. */
public record PekkoSource<T>(Source<T, ?> source, boolean lossAccepted)
    implements dev.keyling.connector.Source<T> {
  private static final int BATCH = 1024;

  @Override
  public List<String> partitions() {
    return List.of("0");
  }

  @Override
  public SourceReader<T> open(String partition, Optional<Position> from) {
    throw new IllegalStateException("a Pekko source runs in an actor system only");
  }

  @Override
  public boolean replayable() {
    return false;
  }

  @Override
  public dev.keyling.connector.Source<T> acceptLoss() {
    return new PekkoSource<>(source, true);
  }

  /** Starts the stream. */
  public SourceReader<T> open(ActorSystem<?> system) {
    SinkQueueWithCancel<List<T>> queue =
        source
            .batch(
                BATCH,
                first -> {
                  List<T> list = new java.util.ArrayList<>();
                  list.add(first);
                  return list;
                },
                (list, next) -> {
                  list.add(next);
                  return list;
                })
            .runWith(Sink.queue(), Materializer.matFromSystem(system));
    return new Reader<>(queue);
  }

  private static final class Reader<T> implements SourceReader<T> {
    private final SinkQueueWithCancel<List<T>> queue;
    private final Queue<T> pulled = new ArrayDeque<>();
    private @Nullable CompletableFuture<Optional<List<T>>> pulling;
    private @Nullable T current;
    private boolean ended;

    Reader(SinkQueueWithCancel<List<T>> queue) {
      this.queue = queue;
    }

    @Override
    public Status advance() {
      if (pulled.isEmpty() && !ended) {
        take();
      }
      current = pulled.poll();
      if (current != null) {
        return Status.ELEMENT;
      }
      return ended ? Status.END : Status.IDLE;
    }

    private void take() {
      CompletableFuture<Optional<List<T>>> next = pulling;
      if (next == null) {
        next = queue.pull().toCompletableFuture();
        pulling = next;
      }
      if (next.isDone()) {
        pulling = null;
        Optional<List<T>> list = next.join();
        list.ifPresent(pulled::addAll);
        ended = list.isEmpty();
      }
    }

    @Override
    public T current() {
      T element = current;
      if (element == null) {
        throw new IllegalStateException("no element: advance() said so");
      }
      return element;
    }

    @Override
    public Position position() {
      return new Position("0", "");
    }

    @Override
    public void close() {
      queue.cancel();
    }
  }
}
