package dev.keyling.semantics.world;

import dev.keyling.DeadLetter;
import dev.keyling.KeyView;
import dev.keyling.KeyView.Timer;
import dev.keyling.OutputTag;
import dev.keyling.kernel.Outputs;
import dev.keyling.semantics.world.Engine.Arrival;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A step in a world of actors: moves the clock as the harness does, and restarts when it is to. */
public final class DrivenStep<K, I, O> implements StepRun<K, I, O> {
  /** Restarts cost something here: there is one after each of so many calls … */
  private static final int ALWAYS = 8;

  /** … and later after every so many. */
  private static final int NOW_AND_THEN = 100;

  private final StepUnderTest<K, I, O> step;
  private final Engine engine;
  private final HandClock clock;
  private final Set<K> keys = new LinkedHashSet<>();
  private int calls;

  public DrivenStep(StepUnderTest<K, I, O> step, Engine engine, HandClock clock) {
    this.step = step;
    this.engine = engine;
    this.clock = clock;
  }

  @Override
  public String dataflow() {
    return engine.dataflow();
  }

  @Override
  public int keyGroups() {
    return engine.keyGroups();
  }

  @Override
  public void processElement(I element) {
    processElement(element, Outputs.NO_TIMESTAMP);
  }

  @Override
  public void processElement(I element, long timestamp) {
    engine.elements(List.of(new Arrival(element, timestamp)));
    K key = step.key().apply(element);
    keys.add(key);
    if (soonest(List.of(key)) <= clock.millis()) {
      engine.fireTimers(() -> soonest(List.of(key)) > clock.millis());
    }
    done();
  }

  @Override
  public void rollBack(List<I> elements) {
    engine.elements(
        elements.stream().map(each -> new Arrival(each, Outputs.NO_TIMESTAMP)).toList());
  }

  @Override
  public void setProcessingTime(long time) {
    if (time < clock.millis()) {
      throw new IllegalArgumentException("the clock does not go back");
    }
    for (long next = soonest(); next <= time; next = soonest()) {
      clock.set(Math.max(next, clock.millis()));
      engine.fireTimers(() -> soonest() > clock.millis());
    }
    clock.set(time);
    done();
  }

  @Override
  public void advanceProcessingTime(Duration by) {
    setProcessingTime(clock.millis() + by.toMillis());
  }

  private void fireWhatIsDue() {
    if (soonest() <= clock.millis()) {
      engine.fireTimers(() -> soonest() > clock.millis());
    }
  }

  /** Returns when something is to happen by the clock: a timer, or a sweep, which nobody sees. */
  private long soonest() {
    return Math.min(soonest(keys), Stored.soonestSweep(engine.stored()));
  }

  private long soonest(Collection<K> ofKeys) {
    return timers(ofKeys, TimeDomain.PROCESSING_TIME)
        .mapToLong(Timer::time)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private Stream<Timer> timers(Collection<K> ofKeys, TimeDomain domain) {
    return ofKeys.stream()
        .flatMap(key -> view(key).timers().stream())
        .filter(timer -> timer.domain() == domain);
  }

  @Override
  public void processWatermark(long watermark) {
    engine.watermark(watermark);
    fireWhatIsDue();
    done();
  }

  @Override
  public void endInput() {
    engine.end();
  }

  private void done() {
    calls++;
    if (step.restarting() && (calls <= ALWAYS || calls % NOW_AND_THEN == 0)) {
      restart();
    }
  }

  @Override
  public void restart() {
    restart(Duration.ZERO);
  }

  @Override
  public void restart(Duration downtime) {
    engine.restart(step, () -> clock.set(clock.millis() + downtime.toMillis()));
    fireWhatIsDue();
  }

  @Override
  public <J, P> StepRun<K, J, P> restartAs(StepUnderTest<K, J, P> other) {
    engine.restart(other, () -> {});
    DrivenStep<K, J, P> next = new DrivenStep<>(other, engine, clock);
    next.keys.addAll(keys);
    return next;
  }

  static void require(boolean asked, String method) {
    if (!asked) {
      throw new IllegalStateException("the step has to be made with " + method + " for this");
    }
  }

  @Override
  public List<O> takeOutput() {
    return this.<O>take(0).stream().map(TimestampedValue::value).toList();
  }

  @Override
  public List<TimestampedValue<O>> takeTimestampedOutput() {
    require(step.stamped(), "withTimestamps()");
    return take(0);
  }

  @SuppressWarnings("unchecked") // a port carries elements of one type
  private <X> List<TimestampedValue<X>> take(int port) {
    return (List<TimestampedValue<X>>) (List<?>) engine.take(port);
  }

  @Override
  public <X> List<X> takeSideOutput(OutputTag<X> tag) {
    require(step.sideOutputs().contains(tag), "withSideOutputs(…)");
    int port = 1 + step.sideOutputs().indexOf(tag);
    return this.<X>take(port).stream().map(TimestampedValue::value).toList();
  }

  @Override
  public List<DeadLetter> takeDeadLetters() {
    require(step.skips(), "skipping()");
    int port = 1 + step.sideOutputs().size();
    return this.<DeadLetter>take(port).stream().map(TimestampedValue::value).toList();
  }

  @Override
  public KeyView view(K key) {
    return engine.view(key);
  }

  @Override
  public int numKeyedStateEntries() {
    return Stored.count(engine.stored());
  }

  @Override
  public boolean storesNothing() {
    return engine.stored().isEmpty();
  }

  @Override
  public int numProcessingTimeTimers() {
    return (int) timers(keys, TimeDomain.PROCESSING_TIME).count();
  }

  @Override
  public int numEventTimeTimers() {
    return (int) timers(keys, TimeDomain.EVENT_TIME).count();
  }

  @Override
  public void close() {
    engine.close();
  }
}
