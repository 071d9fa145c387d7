package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Stamp;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The elements that one keyed stage sends to one key group in one message.
 *
 * @param sequence counts the batches of one lane to one incarnation, from 0: a gap is a lost batch
 * @param watermark of the step, as the lane knows it
 * @param elements keyed
 */
public record Batch(
    Stamp stamp,
    int lane,
    long sequence,
    long watermark,
    Elements elements,
    ActorRef<BatchReply> replyTo)
    implements GroupCommand {}
