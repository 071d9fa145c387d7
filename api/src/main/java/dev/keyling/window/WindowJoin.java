package dev.keyling.window;

import dev.keyling.KeyedStream;

/** Two keyed streams of one dataflow that are to be joined window by window. */
public record WindowJoin<K, L, R>(KeyedStream<K, L> left, KeyedStream<K, R> right) {

  /** Puts the elements of both into the same windows. */
  public <W extends Window> JoinedWindows<K, L, R, W> window(WindowAssigner<Object, W> assigner) {
    return new JoinedWindows<>(left, right, Windowing.by(assigner));
  }
}
