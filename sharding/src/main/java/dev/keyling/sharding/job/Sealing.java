package dev.keyling.sharding.job;

/** A commit of a step that is under way. */
final class Sealing {
  /** As it was at the marker: when the commit is durable, the lanes are further on. */
  final long watermark;

  /** Key groups that have not answered. */
  int open;

  long bytes;

  /** Whether the step takes no part in the checkpoint; what is committed stays valid. */
  final boolean declined;

  Sealing(long watermark, int open, boolean declined) {
    this.watermark = watermark;
    this.open = open;
    this.declined = declined;
  }
}
