package dev.keyling;

import dev.keyling.time.TimeDomain;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one key holds, as values that can be written as JSON.
 *
 * @param states by state name: the value, a list, a map, or the accumulator
 * @param lastAccess by state name: when it was last stamped, for states with a TTL
 * @param timers in order of domain and time
 */
public record KeyView(
    String dataflow,
    String stepId,
    Object key,
    Map<String, Object> states,
    Map<String, Instant> lastAccess,
    List<Timer> timers) {

  /** A timer that is set; time in ms since 1970. */
  public record Timer(TimeDomain domain, long time) {}
}
