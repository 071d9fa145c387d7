package dev.keyling.examples.bench;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a workload, one per event: a pure function of the event's number, so that any event
 * can be made again and every count can be checked.
 */
final class KeySequence {
  /** How the events are spread over the keys. */
  enum Distribution {
    uniform,
    zipf,
    /** One after the other, round and round. */
    each
  }

  /** Names that are kept; those of more keys are made when they are needed. */
  private static final int NAMES = 1 << 16;

  private final int keys;
  private final boolean eachOnce;
  private final boolean roundAndRound;
  private final String[] names;
  private final @Nullable Zipf zipf;

  /**
   * Makes a sequence.
   *
   * @param eachOnce whether each key comes once before they are spread
   */
  KeySequence(int keys, Distribution distribution, boolean eachOnce) {
    this.keys = keys;
    this.eachOnce = eachOnce;
    this.roundAndRound = distribution == Distribution.each;
    this.names = new String[Math.min(keys, NAMES)];
    Arrays.setAll(names, KeySequence::name);
    this.zipf = distribution == Distribution.zipf ? new Zipf(keys) : null;
  }

  private static String name(int key) {
    return "user-" + key;
  }

  int indexOf(long event) {
    if (roundAndRound || (eachOnce && event < keys)) {
      return (int) (event % keys);
    }
    long hash = mix(event + 1);
    return zipf == null
        ? (int) Math.floorMod(hash, (long) keys)
        : zipf.index((hash >>> 11) * 0x1.0p-53);
  }

  String keyOf(long event) {
    int index = indexOf(event);
    return index < names.length ? names[index] : name(index);
  }

  int size() {
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
