package dev.keyling.sharding;

import dev.keyling.KeyView;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;

/**
 * One keyed step as an addressable thing inside a Pekko application. Whatever it answers is
 * durable. Thread-safe.
 *
 * @param <K> keys
 * @param <I> elements
 * @param <O> outputs
 */
public interface KeyedRef<K, I, O> {

  /**
   * Returns a flow that handles elements and emits their outputs in the order of the elements, once
   * they are durable. What timers emit comes in between, on the flow that started last. At least
   * once: an element that is sent again after a failure is handled again. A function that throws
   * fails the flow; nothing of that element is kept.
   */
  Flow<I, O, NotUsed> flow(Function<? super I, ? extends K> key);

  /**
   * Returns a flow that passes a context beside each element on to its outputs, such as an offset
   * to be committed: at least once, outputs only after they are durable. An element without outputs
   * drops its context, and what timers emit is dropped.
   */
  <C> FlowWithContext<I, C, O, C, NotUsed> flowWithContext(Function<? super I, ? extends K> key);

  /**
   * Handles one element; completes with its outputs when they are durable. Fails with what the
   * function threw, in which case nothing has changed, or with a timeout, in which case it is not
   * known.
   */
  CompletionStage<List<O>> ask(K key, I element);

  /** Handles one element; completes when that is durable. Fails like {@link #ask}. */
  CompletionStage<Done> tell(K key, I element);

  /** Shows what a key holds, read-only; an empty view for a key that holds nothing. */
  CompletionStage<KeyView> view(K key);
}
