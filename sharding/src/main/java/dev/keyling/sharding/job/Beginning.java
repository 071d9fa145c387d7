package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Savepoint;

/** What the first attempt of a run begins with; later ones go on from the newest checkpoint. */
public sealed interface Beginning {

  /** The newest completed checkpoint, or nothing if there is none. */
  record Newest() implements Beginning {}

  /** A retained checkpoint: what came after it never was. */
  record Retained(long checkpoint) implements Beginning {}

  /** A savepoint: nothing that the store has of the dataflow counts any more. */
  record Saved(Savepoint savepoint) implements Beginning {}
}
