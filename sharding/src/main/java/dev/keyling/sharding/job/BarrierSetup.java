package dev.keyling.sharding.job;

import dev.keyling.actors.GroupCommand;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What the barrier of a step needs to know.
 *
 * @param lanes how many lanes end in the step
 * @param operator whether its key groups are the instances of an operator
 * @param overtakes whether markers may overtake elements before the step
 * @param ended whether its functions were told that the input has ended, and what they did then is
 *     in the checkpoint that the attempt begins with
 * @param groups its key groups, by number
 */
record BarrierSetup(
    int step,
    int attempt,
    long incarnation,
    int lanes,
    boolean operator,
    boolean overtakes,
    long epoch,
    long watermark,
    boolean ended,
    List<ActorRef<GroupCommand>> groups,
    Consumer<JobMessage> job) {}
