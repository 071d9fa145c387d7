package dev.keyling.checkpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The bounds of settings, alone and together, and what is said when one is missed. */
final class Limits {
  /** Further ahead no timer can be set. */
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private Limits() {}

  static Duration between(String what, long leastMillis, Duration value) {
    if (value.compareTo(Duration.ofMillis(leastMillis)) < 0) {
      throw new IllegalArgumentException(
          "the %s is at least %d ms, not %s".formatted(what, leastMillis, value));
    }
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the %s is at most %d ms (%d days), not %s"
              .formatted(what, LONGEST.toMillis(), LONGEST.toDays(), value));
    }
    return value;
  }

  static int atLeast(String what, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "the %s is at least %d, not %d".formatted(what, least, value));
    }
    return value;
  }

  /** Returns what has no effect as it was set; throws if something cannot be. */
  static List<String> remarks(String dataflow, CheckpointConfig config) {
    List<String> remarks = new ArrayList<>(config.remarks());
    if (config.isUnalignedCheckpointsEnabled()) {
      if (config.getCheckpointingMode() != CheckpointingMode.EXACTLY_ONCE) {
        remarks.add(
            "unaligned checkpoints need the mode EXACTLY_ONCE, so they are off in "
                + config.getCheckpointingMode());
      } else if (config.getMaxConcurrentCheckpoints() > 1) {
        throw new IllegalArgumentException(
            ("dataflow \"%s\": unaligned checkpoints are taken one at a time, and up to %d may be in"
                    + " progress; call setMaxConcurrentCheckpoints(1) or disableUnalignedCheckpoints()")
                .formatted(dataflow, config.getMaxConcurrentCheckpoints()));
      }
    }
    return List.copyOf(remarks);
  }
}
