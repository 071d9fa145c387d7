package dev.keyling.sharding.job;

/** What the first attempt of a run begins with; later ones go on from the newest checkpoint. */
public sealed interface Beginning {

  /** The newest completed checkpoint, or nothing if there is none. */
  record Newest() implements Beginning {}

  /** A retained checkpoint: what came after it never was. */
  record Retained(long checkpoint) implements Beginning {}
}
