package dev.keyling.examples.cli;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;

/**
 * What an example makes of its input.
 *
 * @param step what the example is about: its dead letters are what it could not handle
 * @param outputs what is written
 */
record Outcome<O>(KeyedStep<?, ?> step, DataStream<O> outputs) {

  static <O> Outcome<O> of(KeyedStep<?, O> step) {
    return new Outcome<>(step, step);
  }
}
