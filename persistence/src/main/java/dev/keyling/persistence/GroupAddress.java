package dev.keyling.persistence;

import java.util.Objects;

/**
 * Names one key group: the unit of sharding, of journaling and of recovery.
 *
 * @param dataflow name of the dataflow
 * @param step id of the keyed step
 * @param group number of the key group within the step, from 0
 */
public record GroupAddress(String dataflow, String step, int group) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the group number is negative
   */
  public GroupAddress {
    Objects.requireNonNull(dataflow, "dataflow");
    Objects.requireNonNull(step, "step");
    if (group < 0) {
      throw new IllegalArgumentException("a key group number is not negative: " + group);
    }
  }

  /**
   * Returns the persistence id of the group's journal, such as {@code keyling|fraud|alerts|17}. Two
   * different addresses never have the same id; it never changes between versions.
   */
  public String persistenceId() {
    return "keyling|" + escape(dataflow) + "|" + escape(step) + "|" + group;
  }

  /** Returns the address as people read it, such as {@code fraud/alerts/17}. */
  @Override
  public String toString() {
    return dataflow + "/" + step + "/" + group;
  }

  private static String escape(String name) {
    return name.replace("%", "%25").replace("|", "%7C");
  }
}
