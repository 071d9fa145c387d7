package dev.keyling.sharding.embedded;

import dev.keyling.actors.Batch;
import dev.keyling.actors.BatchReply;
import dev.keyling.actors.Elements;
import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.kernel.KeyCodec;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * The key groups of an embedded step, through its shard region.
 *
 * @param answerTimeout after which a batch counts as lost
 */
public record Groups(
    ActorRef<ShardingEnvelope<GroupCommand>> region,
    KeyCodec<Object> keys,
    int count,
    int maxRound,
    Duration answerTimeout) {
  private static final Stamp STAMP = new Stamp(0, 0, 0);

  public int groupOf(Object key) {
    return KeyCodec.groupOf(keys.hash(key), count);
  }

  public void send(int group, GroupCommand command) {
    region.tell(new ShardingEnvelope<>(Integer.toString(group), command));
  }

  /** Makes a batch of elements with keys. */
  public static Batch batch(long sequence, Elements elements, ActorRef<BatchReply> replyTo) {
    return new Batch(STAMP, 0, sequence, Long.MIN_VALUE, elements, replyTo);
  }

  /** Wakes all key groups, so that overdue timers fire. */
  public void wake(GroupCommand.Wake wake) {
    for (int group = 0; group < count; group++) {
      send(group, wake);
    }
  }
}
