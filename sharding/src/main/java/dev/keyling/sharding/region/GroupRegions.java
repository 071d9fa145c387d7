package dev.keyling.sharding.region;

import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.KeyGroup;
import dev.keyling.actors.StepHost;
import dev.keyling.kernel.StepDefinition;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * The shard regions of all steps of this node. A region stays as long as the system; which program
 * its next key groups run is looked up when they start. Thread-safe.
 */
public final class GroupRegions {
  private final ActorSystem<?> system;
  private final Map<String, StepHost> hosts = new ConcurrentHashMap<>();
  private final Map<String, ActorRef<ShardingEnvelope<GroupCommand>>> regions =
      new ConcurrentHashMap<>();

  public GroupRegions(ActorSystem<?> system) {
    this.system = system;
  }

  /** One key group is one shard. */
  private static final class Extractor
      extends ShardingMessageExtractor<ShardingEnvelope<GroupCommand>, GroupCommand> {
    @Override
    public String entityId(ShardingEnvelope<GroupCommand> envelope) {
      return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
      return entityId;
    }

    @Override
    public GroupCommand unwrapMessage(ShardingEnvelope<GroupCommand> envelope) {
      return envelope.message();
    }
  }

  /** Starts the region of a step, or has it run this program from now on. */
  public ActorRef<ShardingEnvelope<GroupCommand>> host(StepHost host) {
    StepDefinition<Object, Object, Object> step = host.definition();
    String name = nameOf(step.dataflow(), step.stepId());
    hosts.put(name, host);
    return regions.computeIfAbsent(name, this::start);
  }

  /** Returns the region of a step that is hosted. */
  public ActorRef<ShardingEnvelope<GroupCommand>> region(String dataflow, String stepId) {
    ActorRef<ShardingEnvelope<GroupCommand>> region = regions.get(nameOf(dataflow, stepId));
    if (region == null) {
      throw new IllegalStateException(
          "dataflow \"%s\" step \"%s\" has not started yet".formatted(dataflow, stepId));
    }
    return region;
  }

  private static String nameOf(String dataflow, String stepId) {
    return dataflow + "." + stepId; // the name of a dataflow has no dot
  }

  private ActorRef<ShardingEnvelope<GroupCommand>> start(String name) {
    StepHost host = Objects.requireNonNull(hosts.get(name));
    Entity<GroupCommand, ShardingEnvelope<GroupCommand>> entity =
        Entity.of(
                EntityTypeKey.create(GroupCommand.class, name),
                context ->
                    KeyGroup.create(
                        () -> Objects.requireNonNull(hosts.get(name)),
                        Integer.parseInt(context.getEntityId())))
            .withMessageExtractor(new Extractor())
            .withSettings(
                // batches do not come through the region, so a busy group would look idle to it
                ClusterShardingSettings.create(system)
                    .withNoPassivationStrategy()
                    .withRememberEntities(false))
            .withStopMessage(new GroupCommand.Close(system.ignoreRef()))
            .withEntityProps(DispatcherSelector.fromConfig(host.settings().dispatcher()));
    return ClusterSharding.get(system).init(entity);
  }
}
