package dev.keyling.sharding.job;

import dev.keyling.connector.Restored;
import dev.keyling.plan.Node.SinkNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/** The sinks of an attempt, in the order of the plan. Runs in the coordinator's thread. */
final class AttemptSinks {
  private final ActorContext<JobMessage> context;
  private final JobParts parts;
  private final int attempt;
  private final List<ActorRef<Object>> sinks = new ArrayList<>();

  AttemptSinks(ActorContext<JobMessage> context, JobParts parts, int attempt) {
    this.context = context;
    this.parts = parts;
    this.attempt = attempt;
  }

  /**
   * Opens all of them; each says {@link JobMessage.SinksReady}.
   *
   * @param base the checkpoint that the attempt begins with; null if there is none
   * @return how many there are
   */
  int open(@Nullable Manifest base, Lanes lanes) {
    for (SinkNode node : parts.plan().sinks()) {
      ActorRef<Object> sink =
          context.spawnAnonymous(
              SinkActor.create(setup(node, base, lanes)),
              DispatcherSelector.fromConfig(parts.settings().sourceDispatcher()));
      context.watchWith(
          sink,
          new JobMessage.AttemptFailed(
              attempt, new IllegalStateException("sink \"" + node.stepId() + "\" crashed")));
      sinks.add(sink);
    }
    return sinks.size();
  }

  private SinkActor.Setup setup(SinkNode node, @Nullable Manifest base, Lanes lanes) {
    Restored restored =
        base == null
            ? null
            : new Restored(base.id(), base.handles().getOrDefault(node.stepId(), List.of()));
    return new SinkActor.Setup(
        sinks.size(),
        attempt,
        node,
        lanes.endingIn(node),
        parts.plan().checkpoints().isCheckpointingEnabled(),
        restored,
        message -> context.getSelf().tell(message));
  }

  ActorRef<Object> of(SinkNode node) {
    return sinks.get(parts.plan().sinks().indexOf(node));
  }

  int size() {
    return sinks.size();
  }

  void tell(Object message) {
    sinks.forEach(sink -> sink.tell(message));
  }

  /** Closes all of them; each stage completes when one has let go of everything. */
  List<CompletionStage<Done>> close(Duration timeout) {
    List<CompletionStage<Done>> closing = new ArrayList<>();
    for (ActorRef<Object> sink : sinks) {
      context.unwatch(sink);
      closing.add(
          AskPattern.ask(sink, SinkActor.Close::new, timeout, context.getSystem().scheduler()));
    }
    return closing;
  }
}
