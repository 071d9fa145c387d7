package dev.keyling.window;

import dev.keyling.Dataflow;
import dev.keyling.KeyedStream;
import dev.keyling.plan.Arrival;
import java.util.function.Function;

/**
 * Two keyed streams of one dataflow that are to be joined window by window. Made by {@link
 * KeyedStream#join}.
 *
 * @param elements the elements of both as one stream, for the step of an id; 0 is the left one
 */
public record WindowJoin<K, L, R>(
    Dataflow dataflow, Function<String, KeyedStream<K, Arrival.Numbered>> elements) {

  /** Puts the elements of both into the same windows. */
  public <W extends Window> JoinedWindows<K, L, R, W> window(WindowAssigner<Object, W> assigner) {
    return new JoinedWindows<>(this, Windowing.by(assigner));
  }
}
