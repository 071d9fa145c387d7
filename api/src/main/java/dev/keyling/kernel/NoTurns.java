package dev.keyling.kernel;

import java.time.InstantSource;

/** The turns of a key that is not there: every access to its states is refused. */
record NoTurns(String where, CellChanges changes, Aging aging) implements Turns {

  static NoTurns of(StepDefinition<?, ?, ?> step, InstantSource clock) {
    Aging aging = new Aging(new TurnTime(clock), Image.EMPTY);
    return new NoTurns(step.where(), new CellChanges(), aging);
  }

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

  @Override
  public void namespaceOpened() {}
}
