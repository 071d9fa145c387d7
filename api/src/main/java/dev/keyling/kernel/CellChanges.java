package dev.keyling.kernel;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The states of a live key that the turn at hand has changed, and those changed since a commit. */
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

  void takeDeltas(long epoch, Consumer<Delta> sink) {
    removed.forEach(entry -> sink.accept(new Delta(entry, null)));
    removed = List.of();
    StateHandle state = changed;
    changed = null;
    while (state != null) {
      StateHandle next = state.nextChanged;
      state.nextChanged = null;
      state.takeDeltas(epoch, sink);
      state = next;
    }
  }
}
