package dev.keyling.testing;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;

/** A stage with something to remember: part of snapshots and checkpoints. */
interface Remembering {

  /** Says what it is; a snapshot fits only where the same is said in the same order. */
  String label();

  /** Writes what it remembers. */
  void save(ByteWriter writer);

  /** Goes on from what {@link #save} wrote. Called once, before anything else. */
  void load(ByteReader reader);
}
