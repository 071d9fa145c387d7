package dev.keyling.examples.bench;

/** What is run. */
enum Workload {
  /** A running count per key. */
  W1,
  /** The same, with a time to live of an hour. */
  W6
}
