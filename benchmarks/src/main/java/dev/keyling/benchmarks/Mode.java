package dev.keyling.benchmarks;

/** What is stored, and when. */
enum Mode {
  /** Nothing. */
  memory,
  /** All of it, with exactly-once checkpoints. */
  checkpointed,
  /** Each batch before its outputs leave. */
  durable
}
