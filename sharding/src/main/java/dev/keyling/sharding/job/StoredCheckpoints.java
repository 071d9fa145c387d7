package dev.keyling.sharding.job;

import dev.keyling.actors.EventLog;
import dev.keyling.checkpoint.Checkpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The checkpoints of a job that does not run, as its journal says. */
public final class StoredCheckpoints {
  private StoredCheckpoints() {}

  /** Reads which can be restored, oldest first; none if nothing is stored of the dataflow. */
  public static CompletionStage<List<Checkpoint>> of(String dataflow, ActorSystem<?> system) {
    CompletableFuture<List<Checkpoint>> result = new CompletableFuture<>();
    system.systemActorOf(
        reading(dataflow, result),
        "keyling-checkpoints-" + dataflow + "-" + System.identityHashCode(result),
        Props.empty());
    return result;
  }

  private static Behavior<Object> reading(
      String dataflow, CompletableFuture<List<Checkpoint>> result) {
    return Behaviors.setup(
        context -> {
          Adapter.actorOf(
              context,
              EventLog.props(
                  JobLog.persistenceId(dataflow), message -> context.getSelf().tell(message)));
          return Behaviors.receive(Object.class)
              .onMessage(
                  EventLog.Recovered.class,
                  recovered -> {
                    result.complete(newest(recovered.events()));
                    return Behaviors.stopped();
                  })
              .onMessage(
                  EventLog.Broken.class,
                  broken -> {
                    result.completeExceptionally(broken.cause());
                    return Behaviors.stopped();
                  })
              .build();
        });
  }

  private static List<Checkpoint> newest(List<EventLog.Event> events) {
    return events.isEmpty()
        ? List.of()
        : JobRecord.decode(events.get(events.size() - 1).bytes()).checkpoints();
  }
}
