package dev.keyling.kernel;

/** What a state needs to know of the turn at hand. */
interface Turns {

  /** Refuses access outside an element or timer of the key. */
  void check();

  /** Returns the epoch (between two commits) that the turn belongs to. */
  long epoch();

  /** The turn has changed the state for the first time. */
  void touched(StateHandle state);

  /** The state has changed for the first time since the deltas were taken. */
  void changed(StateHandle state);
}
