package dev.keyling.actors;

import dev.keyling.kernel.Delta;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.Outputs;
import dev.keyling.time.TimeDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key's part of a piece of work: the message to the key actor, and where that writes what came
 * of it. Written by the key actor only; read by the key group after the countdown.
 */
final class KeySlot {
  final KeyEntry entry;
  final Work work;
  final Outputs outputs = new Outputs();

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

  /** Runs the key's turns, in the key actor. Whatever happens, the work counts down. */
  void run(KeyActor actor) {
    try {
      KeyCell<Object, Object, Object> cell = actor.cell();
      cell.at(work.epoch, work.eventTime);
      cell.broadcast(work.view);
      try {
        work.turns(cell, this);
      } finally {
        deltas = cell.takeDeltas();
        soonestEvent = cell.soonest(TimeDomain.EVENT_TIME);
        soonestProcessing = cell.soonest(TimeDomain.PROCESSING_TIME);
        empty = cell.isEmpty();
        listens = cell.hooks().checkpoints();
      }
    } catch (Throwable e) { // the key group decides; an Error here must not lose the batch
      failure = e;
    } finally {
      work.countDown();
    }
  }
}
