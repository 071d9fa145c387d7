package dev.keyling.kernel;

/** What a state needs to know of the turn at hand. */
interface Turns {

  /** Refuses access outside an element or timer of the key. */
  void check();

  /** Returns the epoch (between two commits) that the turn belongs to. */
  long epoch();

  /** Returns where a state says that it has changed. */
  CellChanges changes();

  /** Returns what there is to know of time to live. */
  Aging aging();

  /** There are states in a namespace now. */
  void namespaceOpened();
}
