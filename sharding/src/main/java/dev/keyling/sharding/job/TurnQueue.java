package dev.keyling.sharding.job;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a step, one after the other: the next begins when the one before has its answers.
 */
final class TurnQueue {
  private final Deque<Runnable> turns = new ArrayDeque<>();
  private int awaited;
  private @Nullable Runnable then;

  /** Runs a turn when those before are through: now, if there are none. */
  void add(Runnable turn) {
    turns.add(turn);
    next();
  }

  /** To be called in a turn that has asked: it goes on when so many answers have come. */
  void await(int answers, Runnable afterwards) {
    if (answers == 0) {
      afterwards.run();
    } else {
      awaited = answers;
      then = afterwards;
    }
  }

  /** One answer has come. */
  void answered() {
    if (--awaited == 0 && then != null) {
      Runnable afterwards = then;
      then = null;
      afterwards.run();
      next();
    }
  }

  private void next() {
    while (then == null && !turns.isEmpty()) {
      turns.remove().run();
    }
  }
}
