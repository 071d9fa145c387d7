package dev.keyling.persistence;

import java.util.Objects;
import java.util.Optional;

/**
 * Names one key group: the unit of sharding, of journaling and of recovery.
 *
 * @param dataflow name of the dataflow
 * @param step id of the keyed step
 * @param group number of the key group within the step, from 0
 */
public record GroupAddress(String dataflow, String step, int group) {

  private static final int PARTS = 4;

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

  /** Returns the address that has this persistence id; empty if it is not of a key group. */
  public static Optional<GroupAddress> ofPersistenceId(String id) {
    String[] parts = id.split("\\|", -1);
    if (parts.length != PARTS || !parts[0].equals("keyling") || !parts[3].matches("\\d{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(
        new GroupAddress(unescape(parts[1]), unescape(parts[2]), Integer.parseInt(parts[3])));
  }

  private static String unescape(String name) {
    return name.replace("%7C", "|").replace("%25", "%");
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
