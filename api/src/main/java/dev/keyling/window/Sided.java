package dev.keyling.window;

/** An element of one of two streams that share their windows. */
sealed interface Sided<L, R> {

  /** Of the left one. */
  record Left<L, R>(L value) implements Sided<L, R> {}

  /** Of the right one. */
  record Right<L, R>(R value) implements Sided<L, R> {}
}
