package dev.keyling.semantics.world;

import dev.keyling.DeadLetter;
import dev.keyling.KeyView;
import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.testing.KeyedTestHarness;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A step in a harness; restarts put another harness with the same memory in its place. */
final class HarnessRun<K, I, O> implements StepRun<K, I, O> {
  private final StepUnderTest<K, I, O> step;
  private final List<TimestampedValue<O>> outputs = new ArrayList<>();
  private final Map<OutputTag<?>, List<Object>> sideOutputs = new HashMap<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private KeyedTestHarness<K, I, O> harness;
  private long time;
  private long watermark = Long.MIN_VALUE;

  HarnessRun(StepUnderTest<K, I, O> step, KeyedTestHarness<K, I, O> harness) {
    this.step = step;
    this.harness = harness;
  }

  static <K, I, O> KeyedTestHarness<K, I, O> harnessOf(StepUnderTest<K, I, O> step) {
    KeyedTestHarness<K, I, O> harness =
        KeyedTestHarness.ofStep(
            step.key(),
            step.keyType(),
            keyed -> {
              KeyedStep<K, O> made = step.step().apply(keyed);
              if (step.skips()) {
                made.deadLetters();
              }
              return made;
            });
    harness.restartEveryElement(step.restarting());
    return harness;
  }

  @Override
  public String dataflow() {
    return "test";
  }

  @Override
  public int keyGroups() {
    return 128;
  }

  @Override
  public void processElement(I element) {
    harness.processElement(element);
  }

  @Override
  public void processElement(I element, long timestamp) {
    harness.processElement(element, timestamp);
  }

  @Override
  public void rollBack(List<I> elements) {
    keepOutputs();
    byte[] before = harness.snapshot();
    try {
      elements.forEach(harness::processElement);
    } finally {
      harness = harness.restore(before);
    }
  }

  @Override
  public void setProcessingTime(long newTime) {
    harness.setProcessingTime(newTime);
    time = newTime;
  }

  @Override
  public void advanceProcessingTime(Duration by) {
    setProcessingTime(time + by.toMillis());
  }

  @Override
  public void processWatermark(long newWatermark) {
    watermark = newWatermark;
    harness.processWatermark(newWatermark);
  }

  @Override
  public void endInput() {
    harness.endInput();
  }

  private void keepOutputs() {
    outputs.addAll(harness.takeTimestampedOutput());
    for (OutputTag<?> tag : step.sideOutputs()) {
      sideOutputs
          .computeIfAbsent(tag, unknown -> new ArrayList<>())
          .addAll(harness.takeSideOutput(tag));
    }
    deadLetters.addAll(harness.takeDeadLetters());
  }

  private static <T> List<T> taken(List<T> kept) {
    List<T> taken = List.copyOf(kept);
    kept.clear();
    return taken;
  }

  @Override
  public List<O> takeOutput() {
    keepOutputs();
    return taken(outputs).stream().map(TimestampedValue::value).toList();
  }

  @Override
  public List<TimestampedValue<O>> takeTimestampedOutput() {
    DrivenStep.require(step.stamped(), "withTimestamps()");
    keepOutputs();
    return taken(outputs);
  }

  @Override
  @SuppressWarnings("unchecked") // the tag says the type
  public <X> List<X> takeSideOutput(OutputTag<X> tag) {
    DrivenStep.require(step.sideOutputs().contains(tag), "withSideOutputs(…)");
    keepOutputs();
    return (List<X>) taken(sideOutputs.get(tag));
  }

  @Override
  public List<DeadLetter> takeDeadLetters() {
    DrivenStep.require(step.skips(), "skipping()");
    keepOutputs();
    return taken(deadLetters);
  }

  @Override
  public KeyView view(K key) {
    return harness.view(key);
  }

  @Override
  public int numKeyedStateEntries() {
    return harness.numKeyedStateEntries();
  }

  @Override
  public boolean storesNothing() {
    KeyedTestHarness<K, I, O> fresh = harnessOf(step);
    fresh.processWatermark(watermark);
    return harness.snapshot().length == fresh.snapshot().length; // ids of snapshots differ
  }

  @Override
  public int numProcessingTimeTimers() {
    return harness.numProcessingTimeTimers();
  }

  @Override
  public int numEventTimeTimers() {
    return harness.numEventTimeTimers();
  }

  @Override
  public void restart() {
    restart(Duration.ZERO);
  }

  /** A harness has the time of the one it is restored by, which lives on a little for it. */
  @Override
  public void restart(Duration downtime) {
    keepOutputs();
    byte[] memory = harness.snapshot();
    KeyedTestHarness<K, I, O> ended = harness;
    advanceProcessingTime(downtime);
    harness = ended.restore(memory);
    ended.close();
  }

  @Override
  public <J, P> StepRun<K, J, P> restartAs(StepUnderTest<K, J, P> other) {
    KeyedTestHarness<K, J, P> next = HarnessRun.harnessOf(other);
    next.setProcessingTime(time);
    HarnessRun<K, J, P> run = new HarnessRun<>(other, next.restore(harness.snapshot()));
    run.time = time;
    run.watermark = watermark;
    harness.close();
    return run;
  }

  @Override
  public void close() {
    harness.close();
  }
}
