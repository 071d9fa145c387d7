package dev.keyling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@link DataStream#inspectDebug} shows of an element.
 *
 * @param stepId of the inspection
 * @param key null if the stream has none
 * @param timestamp ms since 1970; null if the element has none
 * @param lane where it came by: {@code source/partition}, or {@code step/number} behind a keyed
 *     step; what is on one lane is in order. In a test harness always {@code harness}
 * @param attempt how often the dataflow has been started in this run, from 1: what a higher one
 *     shows again was rolled back
 */
public record Inspected<T>(
    String stepId,
    @Nullable Object key,
    T value,
    @Nullable Long timestamp,
    String lane,
    int attempt) {

  /** Returns it as a line: {@code look: ann: 5 at 1970-01-01T00:00:01Z (in/0, attempt 1)}. */
  @Override
  public String toString() {
    return "%s: %s%s%s (%s, attempt %d)"
        .formatted(
            stepId,
            key == null ? "" : key + ": ",
            value,
            timestamp == null ? "" : " at " + Instant.ofEpochMilli(timestamp),
            lane,
            attempt);
  }
}
