package dev.keyling.persistence;

/**
 * What a write survives once it was acknowledged. All writes to a store go through one log in the
 * order in which they were handed over, so a later write never survives without an earlier one: a
 * write with {@link #DISK} makes everything before it as durable as itself.
 */
public enum Durability {
  /**
   * Handed to the operating system: survives the death of the process, however it dies. A power
   * cut, or a crash of the operating system, may lose the newest of these writes: those that came
   * after some moment, none before.
   */
  OS,
  /**
   * Synchronized to the disk: survives a power cut as well, if the disk keeps what it says it has
   * written. Writes that wait together share one synchronization.
   */
  DISK
}
