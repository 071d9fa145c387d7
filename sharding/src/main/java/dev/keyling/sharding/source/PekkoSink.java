package dev.keyling.sharding.source;

import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;

/** A Pekko sink: elements are handed over in order; what the stream does with them is its own. */
public record PekkoSink<T>(Sink<T, ?> sink) implements AtLeastOnceSink<T> {
  private static final int BUFFER = 1024;

  @Override
  public SinkWriter<T> open(String partition) {
    throw new IllegalStateException("a Pekko sink runs in an actor system only");
  }

  /** Starts the stream. */
  public SinkWriter<T> open(ActorSystem<?> system) {
    return new Writer<>(
        Source.<T>queue(BUFFER, org.apache.pekko.stream.OverflowStrategy.backpressure())
            .toMat(sink, Keep.left())
            .run(Materializer.matFromSystem(system)));
  }

  private record Writer<T>(SourceQueueWithComplete<T> queue) implements SinkWriter<T> {

    @Override
    public void write(T element) throws Exception {
      CompletionStage<QueueOfferResult> offer = queue.offer(element);
      QueueOfferResult result;
      try {
        result = offer.toCompletableFuture().get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the Pekko sink has failed: " + e.getCause(), e.getCause());
      }
      if (!result.isEnqueued()) {
        throw new IllegalStateException("the Pekko sink takes no more elements: " + result);
      }
    }

    @Override
    public void close() {
      queue.complete();
    }
  }
}
