package dev.keyling.kernel;

/** Where a live key stands: in a turn, or between two of them. */
final class CellTurns implements Turns {
  private final StepDefinition<?, ?, ?> definition;
  private final Aging aging;
  private final CellChanges changes = new CellChanges();
  private long epoch;
  private boolean inTurn;

  CellTurns(StepDefinition<?, ?, ?> definition, Aging aging) {
    this.definition = definition;
    this.aging = aging;
  }

  void epoch(long newEpoch) {
    epoch = newEpoch;
  }

  void begin() {
    inTurn = true;
  }

  /** The turn is over: its changes stay, or are undone. */
  void end(boolean commit) {
    inTurn = false;
    changes.endTurn(commit);
  }

  @Override
  public void check() {
    if (!inTurn) {
      throw new IllegalStateException(
          definition.where()
              + ": states, timers and the context can be used only while an element or timer of"
              + " their key is handled");
    }
  }

  @Override
  public Aging aging() {
    return aging;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public CellChanges changes() {
    return changes;
  }
}
