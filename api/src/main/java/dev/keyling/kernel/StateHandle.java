package dev.keyling.kernel;

import dev.keyling.state.State;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One state of one live key: what it holds now, what the turn at hand changed (so that it can be
 * undone) and what changed since the deltas were last taken.
 */
abstract sealed class StateHandle implements State
    permits ValueHandle, ListHandle, MapHandle, ReducingHandle, AggregatingHandle {
  private final Turns turns;
  private boolean touched;
  private boolean changed;

  // Chained instead of listed: a key has a few states, and there are very many keys.
  @Nullable StateHandle nextTouched;
  @Nullable StateHandle nextChanged;

  StateHandle(Turns turns) {
    this.turns = turns;
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
      turns.touched(this);
    }
  }

  final void endTurn(boolean commit) {
    touched = false;
    if (!commit) {
      restore();
    } else if (!changed) {
      changed = true;
      turns.changed(this);
    }
  }

  final void takeDeltas(long epoch, Consumer<Delta> sink) {
    changed = false;
    deltas(epoch, sink);
  }

  /** Remembers the state as it is before this turn. */
  abstract void save();

  /** Goes back to what was saved. */
  abstract void restore();

  /** Gives the changes since the last call. */
  abstract void deltas(long epoch, Consumer<Delta> sink);

  /** Gives all entries as they are now. */
  abstract void entries(BiConsumer<EntryKey, EntryValue> sink);

  abstract boolean holdsNothing();

  /** Returns what it holds, readable by people. */
  abstract Object view();

  /** Returns how many entries it holds, as Flink's harness counts them: 1 per map entry, else 1. */
  abstract int numEntries();
}
