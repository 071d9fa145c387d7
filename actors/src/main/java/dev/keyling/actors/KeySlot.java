package dev.keyling.actors;

import dev.keyling.kernel.Delta;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.Outputs;
import dev.keyling.time.TimeDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key's part of a piece of work, and where is written what came of it: by the key group's
 * thread, or by the key's own actor, whose message it is; then read after the countdown.
 */
final class KeySlot {
  private static final Outputs NONE = new Outputs();

  final KeyEntry entry;
  final Work work;

  /** Where its outputs are among others; empty until it has run. */
  Outputs outputs = NONE;

  int from;
  int to;

  /** First element of the key in the batch; the others are chained in the work. */
  int first = -1;

  int last = -1;
  List<Delta> deltas = List.of();
  long soonestEvent;
  long soonestProcessing;
  boolean empty;
  boolean awaitsEndOfInput;
  boolean listens;
  @Nullable Throwable failure;

  KeySlot(KeyEntry entry, Work work) {
    this.entry = entry;
    this.work = work;
  }

  /**
   * Runs the key's turns. Throws nothing.
   *
   * @param out takes the outputs; it may hold those of other keys
   */
  void run(KeyLife life, Outputs out) {
    outputs = out;
    from = out.size();
    try {
      KeyCell<Object, Object, Object> cell = life.cell();
      cell.at(work.epoch, work.eventTime);
      cell.broadcast(work.view);
      try {
        work.turns(cell, this);
      } finally {
        deltas = cell.takeDeltas();
        soonestEvent = cell.soonest(TimeDomain.EVENT_TIME);
        soonestProcessing = cell.soonest(TimeDomain.PROCESSING_TIME);
        empty = cell.isEmpty(deltas);
        listens = cell.hooks().checkpoints();
      }
    } catch (Throwable e) { // the key group decides; an Error here must not lose the batch
      failure = e;
    }
    to = out.size();
  }
}
