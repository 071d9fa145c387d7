package dev.keyling.kernel;

import dev.keyling.state.ExpiredEntry;
import dev.keyling.time.TimeDomain;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a live key knows of time to live: the time, when to sweep, what expired in this turn. */
final class Aging {
  private final CellSweeps sweeps;
  private final Deque<ExpiredEntry> expired = new ArrayDeque<>(0);
  private TurnTime time;
  private boolean tells;

  /** States have been declared whose stored entries nobody has looked at. */
  private boolean unaged;

  /** There are entries without a stamp, because there was no event time. */
  private boolean ageless;

  private boolean agedNow;

  Aging(TurnTime time, Image image) {
    this.time = time;
    this.sweeps = new CellSweeps(image);
  }

  /** Goes by another time from now on. */
  void by(TurnTime other) {
    time = other;
  }

  CellSweeps sweeps() {
    return sweeps;
  }

  /** Sets whether somebody wants to know what expires. */
  void tells(boolean newTells) {
    tells = newTells;
  }

  boolean tells() {
    return tells;
  }

  /** Tells whether it is time to sweep. */
  boolean isDue(TimeDomain domain) {
    long due = sweeps.due(domain);
    if (due == Long.MAX_VALUE) {
      return false;
    }
    time.begin(Outputs.NO_TIMESTAMP);
    return due <= time.now(domain);
  }

  /** A turn begins; entries that have no stamp get one. */
  void beginTurn(CellStates states) {
    sweeps.beginTurn();
    agedNow = unaged || (ageless && forStamp(TimeDomain.EVENT_TIME) != EntryValue.NO_STAMP);
    if (agedNow) {
      unaged = false;
      ageless = false;
      states.age(null);
    }
  }

  /** Removes what has expired; the rest is to be swept later. */
  void sweep(TimeDomain domain, CellStates states) {
    sweeps.done(domain);
    states.age(domain);
  }

  /** Returns something that expired in this turn and has not been told yet. */
  @Nullable ExpiredEntry nextExpired() {
    return expired.poll();
  }

  /** A turn has come to its end: if nothing is left, there is nothing to sweep. */
  void endTurn(CellStates states) {
    if (!sweeps.isEmpty() && states.holdNothing()) {
      sweeps.done(TimeDomain.EVENT_TIME);
      sweeps.done(TimeDomain.PROCESSING_TIME);
    }
  }

  void undo() {
    sweeps.undo();
    expired.clear();
    unaged |= agedNow;
  }

  /**
   * Returns the time by which entries expire: the clock, or the watermark; it stands for a turn.
   */
  long now(TimeDomain domain) {
    return time.now(domain);
  }

  /** Returns the time that entries are stamped with; {@link EntryValue#NO_STAMP} if none. */
  long forStamp(TimeDomain domain) {
    return time.forStamp(domain);
  }

  /** An entry could not be stamped. */
  void ageless() {
    ageless = true;
  }

  /** A state with stored entries has been declared. */
  void unaged() {
    unaged = true;
  }

  void expired(String state, @Nullable Object key, @Nullable Object value) {
    expired.add(new ExpiredEntry(state, key, value));
  }
}
