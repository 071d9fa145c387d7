package dev.keyling.sharding.job;

import dev.keyling.Job;
import dev.keyling.JobFailedException;
import dev.keyling.JobProgress;
import dev.keyling.JobStatus;
import dev.keyling.KeyView;
import dev.keyling.actors.GroupCommand;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointStatistics;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.plan.Node.KeyedNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** A job as its owner sees it. Thread-safe. */
public final class JobHandle implements Job {
  private static final Duration VIEW_TIMEOUT = Duration.ofSeconds(10);

  private final JobParts parts;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final CompletableFuture<ActorRef<JobMessage>> coordinator = new CompletableFuture<>();
  private final AtomicLong checkpoints = new AtomicLong();

  /** What somebody has asked the coordinator for and not got yet. */
  private final Set<CompletableFuture<?>> asked = ConcurrentHashMap.newKeySet();

  private volatile JobStatus status = JobStatus.STARTING;
  private volatile int attempt;

  private JobHandle(JobParts parts) {
    this.parts = parts;
  }

  /** Starts a job. */
  public static JobHandle start(JobParts parts, Beginning beginning) {
    JobHandle handle = new JobHandle(parts);
    parts
        .system()
        .systemActorOf(
            JobActor.create(parts, handle, beginning),
            "keyling-job-" + parts.plan().name() + "-" + System.identityHashCode(handle),
            DispatcherSelector.fromConfig(parts.actors().dispatcher()));
    return handle;
  }

  void started(ActorRef<JobMessage> self) {
    coordinator.complete(self);
  }

  void status(JobStatus newStatus) {
    status = newStatus;
  }

  void attempt(int number) {
    attempt = number;
  }

  void checkpointCompleted() {
    checkpoints.incrementAndGet();
  }

  /** The job has ended; only the first call counts. */
  void ended(JobStatus how, @Nullable Throwable cause) {
    if (completion.isDone()) {
      return;
    }
    status = how;
    if (how == JobStatus.FAILED && cause != null) {
      completion.completeExceptionally(
          new JobFailedException(
              "dataflow \"%s\" failed: %s".formatted(parts.plan().name(), cause.getMessage()),
              cause));
    } else {
      completion.complete(null);
    }
    refuseIfEnded();
  }

  private void tell(JobMessage message) {
    coordinator.thenAccept(actor -> actor.tell(message));
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion.copy();
  }

  @Override
  public CompletionStage<Void> cancel() {
    return cancel(false);
  }

  /** Stops the job because the system goes down: as far as restore points go it has not ended. */
  public CompletionStage<Void> suspend() {
    return cancel(true);
  }

  private CompletionStage<Void> cancel(boolean suspended) {
    tell(new JobMessage.Cancel(suspended));
    return completion.handle((done, failure) -> null);
  }

  @Override
  public JobStatus status() {
    return status;
  }

  @Override
  public JobProgress progress() {
    return new JobProgress(
        parts.counts().elements().sum(), parts.counts().late().sum(), checkpoints.get(), attempt);
  }

  @Override
  public CompletionStage<Checkpoint> triggerCheckpoint() {
    if (!parts.plan().checkpoints().isCheckpointingEnabled()) {
      return takesNone();
    }
    return ask(result -> new JobMessage.Trigger(new CheckpointRequest.ByUser(result)));
  }

  @Override
  public CheckpointStatistics checkpointStatistics() {
    return parts.counts().checkpoints().statistics();
  }

  @Override
  public CompletionStage<Savepoint> savepoint(Path directory) {
    return savepoint(directory, false);
  }

  @Override
  public CompletionStage<Savepoint> stopWithSavepoint(Path directory) {
    return savepoint(directory, true);
  }

  private CompletionStage<Savepoint> savepoint(Path directory, boolean stops) {
    if (!parts.plan().checkpoints().isCheckpointingEnabled()) {
      return takesNone();
    }
    return ask(result -> new JobMessage.TakeSavepoint(directory, stops, result));
  }

  private <T> CompletionStage<T> takesNone() {
    return CompletableFuture.failedFuture(
        new IllegalStateException(
            "dataflow \"%s\" takes no checkpoints: call enableCheckpointing(interval)"
                .formatted(parts.plan().name())));
  }

  @Override
  public CompletionStage<List<Checkpoint>> retainedCheckpoints() {
    return ask(JobMessage.TellRetained::new);
  }

  /** Asks the coordinator; fails when the job ends before it answers. */
  private <T> CompletableFuture<T> ask(Function<CompletableFuture<T>, JobMessage> question) {
    CompletableFuture<T> result = new CompletableFuture<>();
    asked.add(result);
    result.whenComplete((answer, failure) -> asked.remove(result));
    tell(question.apply(result));
    refuseIfEnded();
    return result;
  }

  /** The coordinator is no longer there to answer. */
  private void refuseIfEnded() {
    if (completion.isDone()) {
      asked.forEach(
          each -> each.completeExceptionally(new IllegalStateException("the job is " + status)));
    }
  }

  @Override
  public CompletionStage<KeyView> view(String stepId, Object key) {
    return look(stepId, key, replyTo -> new GroupCommand.View(key, replyTo));
  }

  @Override
  public CompletionStage<KeyView> view(String stepId, Object key, long asOfCheckpoint) {
    return retainedCheckpoints()
        .thenCompose(
            retained -> {
              List<Long> ids = retained.stream().map(Checkpoint::id).toList();
              if (!ids.contains(asOfCheckpoint)) {
                throw new IllegalArgumentException(
                    RetainedCheckpoints.notRetained(asOfCheckpoint, parts.plan().name(), ids));
              }
              return look(
                  stepId, key, replyTo -> new GroupCommand.ViewAsOf(key, asOfCheckpoint, replyTo));
            });
  }

  private CompletionStage<KeyView> look(
      String stepId, Object key, Function<ActorRef<StatusReply<KeyView>>, GroupCommand> look) {
    KeyedNode step = step(stepId);
    if (status != JobStatus.RUNNING) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "the job is " + status + "; its keys can be seen when it runs"));
    }
    KeyCodec<Object> keys = StepHosts.keysOf(parts, step);
    int group = KeyCodec.groupOf(keys.hash(key), StepHosts.keyGroupsOf(parts, step));
    ActorRef<ShardingEnvelope<GroupCommand>> region =
        parts.regions().region(parts.plan().name(), stepId);
    return AskPattern.askWithStatus(
        region,
        replyTo -> new ShardingEnvelope<>(Integer.toString(group), look.apply(replyTo)),
        VIEW_TIMEOUT,
        parts.system().scheduler());
  }

  private KeyedNode step(String stepId) {
    return parts.plan().steps().stream()
        .filter(each -> each.stepId().equals(stepId))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "dataflow \"%s\" has no keyed step \"%s\", it has %s"
                        .formatted(
                            parts.plan().name(),
                            stepId,
                            parts.plan().steps().stream().map(KeyedNode::stepId).toList())));
  }
}
