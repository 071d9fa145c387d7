package dev.keyling.kernel;

import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.StateTtlConfig;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One state of one live key: what it holds now, what the turn at hand changed (so that it can be
 * undone) and what changed since the deltas were last taken.
 */
abstract sealed class StateHandle implements State permits SingleHandle, ListHandle, MapHandle {
  private final Turns turns;
  private final String name;

  /** Null if entries live for ever. */
  final @Nullable Lifetime lifetime;

  private boolean touched;
  private boolean changed;

  // Chained instead of listed: a key has a few states, and there are very many keys.
  @Nullable StateHandle nextTouched;
  @Nullable StateHandle nextChanged;

  StateHandle(Turns turns, StateDescriptor<?> descriptor) {
    this.turns = turns;
    this.name = descriptor.getName();
    this.lifetime = Lifetime.of(descriptor.getTtlConfig(), turns);
  }

  final String name() {
    return name;
  }

  /** Refuses to be declared again with another time to live. */
  final void requireSameTtl(StateDescriptor<?> descriptor, StepDefinition<?, ?, ?> definition) {
    StateTtlConfig was = lifetime == null ? StateTtlConfig.DISABLED : lifetime.config();
    StateTtlConfig now = descriptor.getTtlConfig();
    if (was.isEnabled() == now.isEnabled() && (!now.isEnabled() || was.equals(now))) {
      return;
    }
    throw new IllegalArgumentException(
        "%s declares the state \"%s\" twice: with %s and with %s; give both the same TTL configuration"
            .formatted(definition.where(), name, was, now));
  }

  /** To be called before every read. */
  final void reading() {
    turns.check();
  }

  /** To be called before every change: saves what the turn may have to restore. */
  final void changing() {
    turns.check();
    if (!touched) {
      touched = true;
      save();
      turns.changes().touched(this);
    }
  }

  /**
   * Returns the stamp of an entry that is written or read now, and sees to its being swept.
   *
   * @param before the entry that it takes the place of, if that is not expired
   */
  final long stamp(@Nullable EntryValue before) {
    Lifetime life = lifetime;
    if (life == null) {
      return EntryValue.NO_STAMP;
    }
    long stamp = life.stamp(before);
    if (stamp == EntryValue.NO_STAMP) {
      turns.aging().ageless();
    } else {
      sweepAt(life, life.expiry(stamp));
    }
    return stamp;
  }

  private void sweepAt(Lifetime life, long expiry) {
    if (life.isSwept() && expiry != Long.MAX_VALUE) {
      turns.aging().sweeps().at(life.domain(), life.sweepTime(expiry));
    }
  }

  /** What a read does with an entry that it finds. */
  enum Found {
    /** It is alive, and stays as it is. */
    AS_IT_IS,
    /** It is alive, and to be stamped. */
    TO_STAMP,
    /** It is expired, and to be removed. */
    EXPIRED
  }

  /** Judges an entry that a read has found. */
  final Found found(EntryValue entry) {
    Lifetime life = lifetime;
    if (life == null) {
      return Found.AS_IT_IS;
    } else if (life.isExpired(entry)) {
      return Found.EXPIRED;
    }
    return life.isStampedByReads() && life.stamp(entry) != entry.stamp()
        ? Found.TO_STAMP
        : Found.AS_IT_IS;
  }

  /** Tells whether a read returns what it finds expired. */
  final boolean showsExpired() {
    return lifetime != null && lifetime.showsExpired();
  }

  /** Tells whether an entry is expired. */
  final boolean isExpired(EntryValue entry) {
    return lifetime != null && lifetime.isExpired(entry);
  }

  /** What becomes of an entry when its state is aged: itself, stamped, or null. */
  final @Nullable EntryValue aged(EntryValue entry, Lifetime life, boolean removing) {
    if (removing && life.isExpired(entry)) {
      return null;
    }
    long stamp = entry.stamp();
    if (stamp == EntryValue.NO_STAMP) {
      stamp = stamp(null);
      return stamp == EntryValue.NO_STAMP ? entry : entry.withStamp(stamp);
    }
    sweepAt(life, life.expiry(entry));
    return entry;
  }

  /** Tells that an expired entry has been removed. */
  final void expired(@Nullable Object key, @Nullable Object value) {
    turns.aging().expired(name, key, value);
  }

  /** Tells whether anybody wants to know. */
  final boolean tellsExpired() {
    return turns.aging().tells();
  }

  final void endTurn(boolean commit) {
    touched = false;
    if (!commit) {
      restore();
    } else if (!changed) {
      changed = true;
      turns.changes().changed(this);
    }
  }

  final void takeDeltas(long epoch, Consumer<Delta> sink) {
    changed = false;
    deltas(epoch, sink);
  }

  /**
   * Stamps the entries that have no stamp, says when the others are to be swept.
   *
   * @param removing whether expired ones are removed
   */
  abstract void age(Lifetime life, boolean removing);

  /** Remembers the state as it is before this turn. */
  abstract void save();

  /** Reads what a turn will read of it, and returns something of that. */
  abstract int fetch();

  /** Goes back to what was saved. */
  abstract void restore();

  /** Gives the changes since the last call. */
  abstract void deltas(long epoch, Consumer<Delta> sink);

  /** Gives all entries as they are now. */
  abstract void entries(BiConsumer<EntryKey, EntryValue> sink);

  /** Gives the stamps of all entries that have one. */
  abstract void stamps(LongConsumer sink);

  abstract boolean holdsNothing();

  /** Returns what it holds, readable by people. */
  abstract Object view();

  /** Returns how many entries it holds, as Flink's harness counts them: 1 per map entry, else 1. */
  abstract int numEntries();
}
