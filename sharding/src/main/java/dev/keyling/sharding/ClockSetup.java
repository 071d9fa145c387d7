package dev.keyling.sharding;

import java.time.InstantSource;
import java.util.Objects;
import org.apache.pekko.actor.setup.Setup;

/**
 * Gives an actor system another clock for everything that Keyling runs in it: processing time and
 * its timers, times of checkpoints, idleness of sources. Tests drive one by hand.
 *
 * <pre>{@code
 * ActorSystem.create(
 *     guardian, "test", ActorSystemSetup.create(BootstrapSetup.create(config), new ClockSetup(clock)));
 * }</pre>
 *
 * <p>Key groups look at the clock at least every {@code keyling.actors.max-timer-sleep}: make that
 * short, so that a clock that jumps is noticed. How long something waits (for the next checkpoint,
 * for a restart, for an answer) is real time whatever the clock shows.
 */
public final class ClockSetup extends Setup {
  private final InstantSource clock;

  /**
   * Makes the setup.
   *
   * @param clock asked by many threads; should not go back
   */
  public ClockSetup(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** Returns the clock. */
  public InstantSource clock() {
    return clock;
  }
}
