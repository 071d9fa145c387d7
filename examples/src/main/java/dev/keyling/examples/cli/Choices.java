package dev.keyling.examples.cli;

import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import java.time.Duration;

/**
 * What can be chosen of single examples.
 *
 * @param gap which parts sessions
 * @param lateness which sessions allow
 * @param insert what is kept of users and of orders
 * @param emit when users and orders are put together
 */
record Choices(Duration gap, Duration lateness, JoinInsertMode insert, JoinEmitMode emit) {
  static final Choices STANDARD =
      new Choices(
          Duration.ofMinutes(30),
          Duration.ofMinutes(1),
          JoinInsertMode.LAST,
          JoinEmitMode.COMPLETE);
}
