package dev.keyling.benchmarks.workload;

/** A workload in plain arrays, as naive as can be: what an engine is compared with. */
interface Model {

  /** Takes an event; those of a key in their order. */
  void add(int key, long amount, long time, Digest out);

  /** No event comes any more. */
  default void end(Digest out) {}
}
