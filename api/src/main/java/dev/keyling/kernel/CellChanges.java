package dev.keyling.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of a live key that the turn at hand has changed, and those changed since their deltas
 * were taken.
 */
final class CellChanges {
  private @Nullable StateHandle touched;
  private @Nullable StateHandle changed;
  private List<EntryKey> removed = List.of();

  void touched(StateHandle state) {
    state.nextTouched = touched;
    touched = state;
  }

  void changed(StateHandle state) {
    state.nextChanged = changed;
    changed = state;
  }

  /** The turn is over: its changes stay, or are undone. */
  void endTurn(boolean commit) {
    StateHandle state = touched;
    touched = null;
    while (state != null) {
      StateHandle next = state.nextTouched;
      state.nextTouched = null;
      state.endTurn(commit);
      state = next;
    }
  }

  /** Entries are no more, though they may come again; no turn undoes this. */
  void removed(List<EntryKey> entries) {
    removed = entries;
  }

  /** Forgets everything: the key could not be woken. */
  void forget() {
    touched = null;
    changed = null;
    removed = List.of();
  }

  /** Returns what changed since the last call, in a list that can take more. */
  List<Delta> takeDeltas(long epoch) {
    List<Delta> deltas = new ArrayList<>(1);
    for (EntryKey entry : removed) {
      deltas.add(new Delta(entry, null));
    }
    removed = List.of();
    StateHandle state = changed;
    changed = null;
    while (state != null) {
      StateHandle next = state.nextChanged;
      state.nextChanged = null;
      state.takeDeltas(epoch, deltas::add);
      state = next;
    }
    return deltas;
  }
}
