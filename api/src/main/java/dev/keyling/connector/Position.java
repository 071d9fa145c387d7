package dev.keyling.connector;

import static java.util.Objects.requireNonNull;

/**
 * Where to re-open a source partition. Stored with every checkpoint.
 *
 * @param partition the name of the partition, one of {@link Source#partitions()}
 * @param offset the place inside it, in the source's own notation; opaque to everybody else
 */
public record Position(String partition, String offset) {
  public Position {
    requireNonNull(partition, "partition");
    requireNonNull(offset, "offset");
  }
}
