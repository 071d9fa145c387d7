package dev.keyling.sharding;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.KeyView;
import dev.keyling.RestartStrategy;
import dev.keyling.actors.StoredGroups;
import dev.keyling.connector.Sinks;
import dev.keyling.kernel.StepFailure;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.semantics.world.Engine;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.semantics.world.Stored;
import dev.keyling.time.TimestampedValue;
import dev.keyling.time.WatermarkStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One job, of a source that is fed by hand, the step, and sinks that collect. */
final class JobEngine implements Engine {
  private static final Duration NEVER = Duration.ofDays(20);

  private final LocalSystem system;
  private final String dataflow;
  private final HandSource source = new HandSource();

  /** By port: what the job has written since the last checkpoint, and before. */
  private final Map<Integer, List<Object>> fresh = new HashMap<>();

  private final Map<Integer, List<TimestampedValue<Object>>> kept = new HashMap<>();
  private StepUnderTest<?, ?, ?> step;
  private String stepId = "";
  private @Nullable Job job;
  private int completed;

  JobEngine(LocalSystem system, String dataflow, StepUnderTest<?, ?, ?> step) {
    this.system = system;
    this.dataflow = dataflow;
    this.step = step;
  }

  @Override
  public String dataflow() {
    return dataflow;
  }

  @Override
  public int keyGroups() {
    return ShardedWorld.KEY_GROUPS;
  }

  private Job job() {
    Job running = job;
    if (running == null) {
      running = system.keyling().run(flow(step));
      job = TestSystem.running(running);
    }
    return running;
  }

  private <K, I, O> Dataflow flow(StepUnderTest<K, I, O> of) {
    Dataflow flow =
        Dataflow.named(dataflow)
            .enableCheckpointing(NEVER)
            .setRestartStrategy(RestartStrategy.none());
    of.connect(
        flow.from("in", source)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.forBoundedOutOfOrderness(HandSource.BOUND))
            .filter(HandSource::isElement)
            .map(JobEngine::<I>elementOf),
        port -> Sinks.collect(fresh.computeIfAbsent(port, none -> new ArrayList<>())));
    stepId = flow.plan().steps().get(0).stepId();
    return flow;
  }

  @SuppressWarnings("unchecked") // the test's step gets what the test sends
  private static <I> I elementOf(Arrival arrival) {
    return (I) arrival.element();
  }

  @Override
  public void elements(List<Arrival> arrivals) {
    source.offer(arrivals);
    checkpoint();
  }

  @Override
  public void watermark(long watermark) {
    source.offer(List.of(HandSource.tick(watermark)));
    checkpoint();
  }

  @Override
  public void end() {
    source.end();
    Job ending = job();
    await(ending.completion());
    job = null;
    keep();
  }

  /** Everything that was offered is handled, and durable. */
  private void checkpoint() {
    Job running = job();
    TestSystem.until("all is read", () -> source.isRead() || hasEnded(running));
    await(running.triggerCheckpoint());
    keep();
  }

  private static boolean hasEnded(Job running) {
    return running.completion().toCompletableFuture().isDone();
  }

  private void keep() {
    completed = source.size();
    fresh.forEach(
        (port, values) -> {
          List<TimestampedValue<Object>> of = kept.computeIfAbsent(port, none -> new ArrayList<>());
          synchronized (values) {
            values.forEach(value -> of.add(port == 0 ? stamped(value) : unstamped(value)));
            values.clear();
          }
        });
  }

  @SuppressWarnings("unchecked") // what the step's main output was turned into
  private TimestampedValue<Object> stamped(Object value) {
    return step.stamped() ? (TimestampedValue<Object>) value : unstamped(value);
  }

  private static TimestampedValue<Object> unstamped(Object value) {
    return new TimestampedValue<>(value, null);
  }

  /** Waits; if the job fails, that is thrown, and the next job begins at the last checkpoint. */
  private <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failureOf(job());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("nothing came", e);
    }
  }

  private RuntimeException failureOf(Job failing) {
    TestSystem.until("the job has ended", () -> hasEnded(failing));
    job = null;
    source.truncate(completed);
    fresh.values().forEach(List::clear);
    try {
      failing.completion().toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      while (cause.getCause() != null && !(cause instanceof StepFailure)) {
        cause = cause.getCause();
      }
      return cause instanceof RuntimeException known ? known : e;
    }
    throw new AssertionError("the job ended without a failure: " + failing.status());
  }

  @Override
  public void fireTimers(BooleanSupplier noneIsDue) {
    Job running = job();
    TestSystem.until("no timer is due", () -> hasEnded(running) || noneIsDue.getAsBoolean());
    checkpoint(); // throws what a timer threw
  }

  /** Timers that are due fire by themselves, perhaps before anybody could see that they are. */
  private void settle() {
    if (job != null) {
      checkpoint();
    }
  }

  @Override
  public List<TimestampedValue<Object>> take(int port) {
    settle();
    List<TimestampedValue<Object>> taken = kept.remove(port);
    return taken == null ? List.of() : taken;
  }

  @Override
  public KeyView view(Object key) {
    CompletableFuture<KeyView> view = job().view(stepId, key).toCompletableFuture();
    // a job that fails meanwhile answers nothing
    await(CompletableFuture.anyOf(view, job().completion().toCompletableFuture()));
    return view.join();
  }

  @Override
  public Collection<Stored> stored() {
    settle();
    List<Stored> stored = new ArrayList<>();
    try {
      for (int group = 0; group < ShardedWorld.KEY_GROUPS; group++) {
        GroupAddress address = new GroupAddress(dataflow, stepId, group);
        RowStore rows = EmbeddedStore.get(system.system()).rows();
        stored.addAll(StoredGroups.read(system.system(), rows, address));
      }
    } catch (Exception e) {
      throw new AssertionError("what is stored could not be read", e);
    }
    return stored;
  }

  @Override
  public void restart(StepUnderTest<?, ?, ?> next, Runnable meanwhile) {
    settle();
    close();
    meanwhile.run();
    step = next;
    job();
    settle(); // keys may have been given a time to live
  }

  @Override
  public void close() {
    if (job != null) {
      TestSystem.await(job.cancel());
      job = null;
    }
  }
}
