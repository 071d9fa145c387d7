package dev.keyling.actors;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a few key groups of a step recover at a time, so that the first have recovered soon instead
 * of all of them late. Thread-safe.
 */
final class Recoveries {
  private final int atOnce;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int running;

  Recoveries(int atOnce) {
    this.atOnce = atOnce;
  }

  /** The recovery of one key group, from the asking to the end. */
  final class Turn {
    private final Runnable begin;
    private boolean isOver;

    private Turn(Runnable begin) {
      this.begin = begin;
    }

    /** Says that it has ended, or need not be any more. Again changes nothing. */
    void end() {
      synchronized (Recoveries.this) {
        if (isOver) {
          return;
        }
        isOver = true;
        if (!waiting.remove(this)) {
          running--;
          beginNext();
        }
      }
    }
  }

  /** Has a recovery begin when its turn comes; {@code begin} must not block, nor call back. */
  synchronized Turn ask(Runnable begin) {
    Turn turn = new Turn(begin);
    waiting.add(turn);
    beginNext();
    return turn;
  }

  private void beginNext() {
    if (running < atOnce && !waiting.isEmpty()) {
      running++;
      waiting.remove().begin.run();
    }
  }
}
