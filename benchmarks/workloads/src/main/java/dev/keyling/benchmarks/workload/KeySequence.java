package dev.keyling.benchmarks.workload;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a workload, one per event: a pure function of the event's number, so that any event
 * can be made again and every count can be checked. Thread-safe.
 */
public final class KeySequence {
  /** How the events are spread over the keys. */
  public enum Distribution {
    uniform,
    zipf,
    /** One after the other, round and round. */
    each
  }

  /** Names that are kept; those of more keys are made when they are needed. */
  private static final int NAMES = 1 << 16;

  /** From one event of a key to its next, in the mean: every 150th or so is after a pause. */
  private static final long MEAN_GAP = Duration.ofMinutes(6).toMillis();

  private final int keys;
  private final boolean eachOnce;
  private final boolean roundAndRound;
  private final boolean keysOfLanes;
  private final String[] names;
  private final @Nullable Zipf zipf;

  /**
   * Makes a sequence.
   *
   * @param eachOnce whether each key comes once before they are spread
   */
  public KeySequence(int keys, Distribution distribution, boolean eachOnce) {
    this(keys, distribution, eachOnce, false);
  }

  /**
   * Makes a sequence.
   *
   * @param eachOnce whether each key comes once before they are spread
   * @param keysOfLanes whether the even events have other keys than the odd ones, so that the order
   *     of the events of a key is that of one lane; there must be at least two keys then
   */
  public KeySequence(int keys, Distribution distribution, boolean eachOnce, boolean keysOfLanes) {
    this.keys = keys;
    this.eachOnce = eachOnce;
    this.roundAndRound = distribution == Distribution.each;
    this.keysOfLanes = keysOfLanes;
    this.names = new String[Math.min(keys, NAMES)];
    Arrays.setAll(names, KeySequence::name);
    this.zipf = distribution == Distribution.zipf ? new Zipf(keys) : null;
  }

  private static String name(int key) {
    return "user-" + key;
  }

  /** Returns the event of this number. */
  public Event at(long number) {
    return new Event(keyOf(number), Event.amountOf(number), number);
  }

  /** Returns which of the keys an event has, from 0. */
  public int indexOf(long event) {
    int index = spread(event);
    if (!keysOfLanes) {
      return index;
    }
    int own = (index & ~1) | (int) (event & 1);
    return own < keys ? own : own - 2;
  }

  private int spread(long event) {
    if (roundAndRound || (eachOnce && event < keys)) {
      return (int) (event % keys);
    }
    long hash = mix(event + 1);
    return zipf == null
        ? (int) Math.floorMod(hash, (long) keys)
        : zipf.index((hash >>> 11) * 0x1.0p-53);
  }

  /** Returns the key of an event. */
  public String keyOf(long event) {
    int index = indexOf(event);
    return index < names.length ? names[index] : name(index);
  }

  /** Returns when an event was, in ms; never before the one with the number before. */
  public long timeOf(long event) {
    return event * MEAN_GAP / keys;
  }

  /** Returns the number of keys. */
  public int size() {
    return keys;
  }

  /** SplitMix64. */
  private static long mix(long x) {
    long z = x * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
