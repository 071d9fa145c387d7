package dev.keyling.sharding.job;

import dev.keyling.connector.Position;
import dev.keyling.sharding.lane.AttemptEvents;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What lanes tell, as messages to the coordinator.
 *
 * @param sources by lane, whether a source partition that was to be opened is closed again
 */
record AttemptTeller(
    int attempt,
    org.apache.pekko.actor.typed.ActorRef<JobMessage> job,
    JobCounts counts,
    Map<Integer, CompletableFuture<Done>> sources)
    implements AttemptEvents {

  static AttemptTeller of(int attempt, ActorContext<JobMessage> context, JobCounts counts) {
    return new AttemptTeller(attempt, context.getSelf(), counts, new ConcurrentHashMap<>());
  }

  /** A source partition is to be opened. */
  void sourceStarts(int lane) {
    sources.put(lane, new CompletableFuture<>());
  }

  /** Completes when all source partitions are closed. */
  CompletableFuture<Void> sourcesClosed() {
    return CompletableFuture.allOf(sources.values().toArray(CompletableFuture[]::new));
  }

  @Override
  public void sourceReady(int lane, ActorRef source) {
    job.tell(new JobMessage.SourceReady(attempt, lane, source));
  }

  @Override
  public void sourceAt(long marker, int lane, Position position) {
    job.tell(new JobMessage.SourceAt(attempt, marker, lane, position));
  }

  @Override
  public void sourceClosed(int lane) {
    CompletableFuture<Done> closed = sources.get(lane);
    if (closed != null) {
      closed.complete(Done.getInstance());
    }
  }

  @Override
  public void elementsRead(long count) {
    counts.elements().add(count);
  }

  @Override
  public void elementsLate(long count) {
    counts.late().add(count);
  }

  @Override
  public void generatorAt(long marker, int lane, int node, long state) {
    job.tell(new JobMessage.GeneratorAt(attempt, marker, lane, node, state));
  }

  @Override
  public void unreadEnded() {
    job.tell(new JobMessage.EndReached(attempt));
  }

  @Override
  public void homeLaneReady(int step, int index, ActorRef lane) {
    job.tell(new JobMessage.HomeLaneReady(attempt, step, index, lane));
  }

  @Override
  public void failed(Throwable cause) {
    job.tell(new JobMessage.AttemptFailed(attempt, cause));
  }
}
