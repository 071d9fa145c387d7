package dev.keyling.kernel;

/** The turns of a key that is not there: every access to its states is refused. */
record NoTurns(String where, CellChanges changes, Aging aging) implements Turns {

  @Override
  public void check() {
    throw new IllegalStateException(
        where
            + ": a broadcast element has no key, so processBroadcastElement has no keyed state; use"
            + " applyToKeyedState to reach it on every key");
  }

  @Override
  public long epoch() {
    return 0;
  }
}
