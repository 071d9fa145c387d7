package dev.keyling.window;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;

/** Makes outputs of two elements that belong together. Serves all keys, in several threads. */
@FunctionalInterface
public interface ProcessJoinFunction<L, R, O> {

  /** Called for each pair. */
  void processElement(L left, R right, JoinContext ctx, Collector<O> out) throws Exception;

  /** What is known of a pair. Valid only during the call. */
  interface JoinContext {

    /** Returns the timestamp of the left element. */
    long getLeftTimestamp();

    /** Returns the timestamp of the right element. */
    long getRightTimestamp();

    /** Returns the timestamp of the younger one, which outputs have. */
    default long getTimestamp() {
      return Math.max(getLeftTimestamp(), getRightTimestamp());
    }

    /** Emits a value on a side output. */
    <X> void output(OutputTag<X> tag, X value);
  }
}
