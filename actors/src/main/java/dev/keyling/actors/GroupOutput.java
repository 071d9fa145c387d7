package dev.keyling.actors;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of one batch or turn of a key group, in processing order.
 *
 * @param ports per output port (main, side outputs, dead letters); null where there is none
 * @param accepted to be run when the home lane has taken them: tells whoever waits
 */
public record GroupOutput(int attempt, @Nullable Elements[] ports, Accepted accepted) {

  /** A message to be sent when outputs have been taken over. */
  public record Accepted(ActorRef<Object> to, Object message) {

    /** Says so. */
    public void tell() {
      to.tell(message);
    }
  }
}
