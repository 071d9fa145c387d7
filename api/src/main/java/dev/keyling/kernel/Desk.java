package dev.keyling.kernel;

import dev.keyling.time.TimeDomain;
import java.time.InstantSource;

/**
 * Where the keys of one thread take their turns, one after the other: what they need only while
 * they are at it, so that there is not one of each for every key. Used by one thread at a time.
 */
public final class Desk {
  private final StepDefinition<?, ?, ?> definition;
  private final int keyGroup;
  private final int attempt;
  private final InstantSource clock;
  private final TurnTime time;
  private final CellChanges changes = new CellChanges();
  private long epoch;
  private BroadcastView broadcast = BroadcastView.EMPTY;

  // of the turn at hand
  private Outputs outputs = new Outputs();
  private long watermark = Long.MIN_VALUE;
  private long timestamp = Outputs.NO_TIMESTAMP;
  private long outputTimestamp = Outputs.NO_TIMESTAMP;
  private TimeDomain domain = TimeDomain.EVENT_TIME;

  /** Makes a desk for keys of one key group; for an operator, of a partition. */
  public Desk(StepDefinition<?, ?, ?> definition, int keyGroup, int attempt, InstantSource clock) {
    this.definition = definition;
    this.keyGroup = keyGroup;
    this.attempt = attempt;
    this.clock = clock;
    this.time = new TurnTime(clock);
  }

  /** A key wakes, which knows nothing of the turns of others. */
  void clear() {
    at(0, Long.MIN_VALUE);
    element(Outputs.NO_TIMESTAMP, new Outputs());
  }

  /**
   * Says when the turns to come happen.
   *
   * @param newEpoch what is committed together; only a hint for lists, whose open end is rewritten
   *     within an epoch
   * @param eventTime the watermark, without the end of input: by it entries expire
   */
  void at(long newEpoch, long eventTime) {
    epoch = newEpoch;
    time.startAt(eventTime);
  }

  /** Sets what the turns to come see of the broadcast states. */
  void broadcast(BroadcastView view) {
    broadcast = view;
  }

  /** The next turn is one of an element, or of something else that is not a timer. */
  void element(long elementTimestamp, Outputs out) {
    timestamp = elementTimestamp;
    outputTimestamp = elementTimestamp;
    outputs = out;
  }

  /** The next turn is one of a timer. */
  void timer(TimeDomain timerDomain, long due, Outputs out) {
    domain = timerDomain;
    timestamp = due;
    outputTimestamp = timerDomain == TimeDomain.EVENT_TIME ? due : Outputs.NO_TIMESTAMP;
    outputs = out;
  }

  /** The turn begins. */
  void begin(long currentWatermark) {
    watermark = currentWatermark;
    time.watermark(currentWatermark);
    time.begin(outputTimestamp);
  }

  StepDefinition<?, ?, ?> definition() {
    return definition;
  }

  int keyGroup() {
    return keyGroup;
  }

  int attempt() {
    return attempt;
  }

  InstantSource clock() {
    return clock;
  }

  TurnTime time() {
    return time;
  }

  /** Returns where a state says that it has changed. */
  CellChanges changes() {
    return changes;
  }

  long epoch() {
    return epoch;
  }

  BroadcastView broadcast() {
    return broadcast;
  }

  Outputs outputs() {
    return outputs;
  }

  long watermark() {
    return watermark;
  }

  long timestamp() {
    return timestamp;
  }

  long outputTimestamp() {
    return outputTimestamp;
  }

  TimeDomain domain() {
    return domain;
  }
}
