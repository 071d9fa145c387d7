package dev.keyling.benchmarks.workload;

import java.time.Duration;
import java.util.function.IntFunction;

/** What is run. */
public enum Workload {
  /** A running count per key: one value. */
  W1(false, Counts::new),
  /** An alert when an amount is far above the one before: two values. */
  W2(true, Rises::new),
  /** The last five pages: a list. */
  W3(true, LastPages::new),
  /** A cart of eight products, and what it costs after each change: a map. */
  W4(true, Carts::new),
  /** Sessions: a value and a timer in event time, deleted and set again with each event. */
  W5(true, Sessions::new),
  /** W1 with a time to live of an hour. */
  W6(false, Counts::new);

  /** W2: from this far above the amount before, it is suspicious. */
  public static final long SUSPICIOUS_RISE = 512;

  /** W3: how many pages are remembered. */
  public static final int REMEMBERED = 5;

  /** W5: events further apart are of two sessions; in ms. */
  public static final long GAP = Duration.ofMinutes(30).toMillis();

  /** W6: for how long a count is kept. */
  public static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private final boolean ordered;
  private final IntFunction<Model> model;

  Workload(boolean ordered, IntFunction<Model> model) {
    this.ordered = ordered;
    this.model = model;
  }

  /**
   * Tells whether what comes out depends on the order of the events of a key, which is then that of
   * one lane.
   */
  public boolean isOrdered() {
    return ordered;
  }

  /** Returns what must come out of the first events of a sequence. */
  public Digest expected(KeySequence keys, long events) {
    Digest digest = new Digest();
    Model computed = model.apply(keys.size());
    for (long event = 0; event < events; event++) {
      computed.add(keys.indexOf(event), Event.amountOf(event), keys.timeOf(event), digest);
    }
    computed.end(digest);
    return digest;
  }
}
