package dev.keyling.persistence;

/** What a write survives once it was acknowledged. */
public enum Durability {
  /** Handed to the operating system: survives the death of the process, not a power cut. */
  OS,
  /** Synchronized to the disk: survives a power cut. Writes that wait together share one sync. */
  DISK
}
