package dev.keyling.kernel;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The states of a live key that the turn at hand has changed, and those changed since a commit. */
final class CellChanges {
  private @Nullable StateHandle touched;
  private @Nullable StateHandle changed;

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

  void takeDeltas(long epoch, Consumer<Delta> sink) {
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
