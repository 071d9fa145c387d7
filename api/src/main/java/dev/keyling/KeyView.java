package dev.keyling;

import dev.keyling.time.TimeDomain;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one key holds, as values that can be written as JSON.
 *
 * @param states by state name: the value, a list, a map, or the accumulator, expired ones included
 *     that have not been removed yet; the name is followed by {@code @} and the namespace in
 *     hexadecimal digits if there is one
 * @param lastAccess by state name: when it was last stamped, for states with a TTL
 * @param timers in order of domain and time
 * @param sweeps when the key will be looked through for expired entries, if any can expire
 */
public record KeyView(
    String dataflow,
    String stepId,
    Object key,
    Map<String, Object> states,
    Map<String, Instant> lastAccess,
    List<Timer> timers,
    List<Timer> sweeps) {

  /** A timer that is set; time in ms since 1970. */
  public record Timer(TimeDomain domain, long time) {}
}
