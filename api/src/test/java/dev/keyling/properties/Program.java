package dev.keyling.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.KeyView;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.properties.Setup.States;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Runs the steps of a random program, and beside it the model. */
final class Program {
  private final Setup setup;
  private final boolean restarting;
  private KeyedTestHarness<String, Turn, String> harness;
  private Map<String, Model> models = new TreeMap<>();
  private long clock;
  private long watermark = Long.MIN_VALUE;
  private byte[] checkpoint;
  private Map<String, Model> atCheckpoint;
  private long watermarkAtCheckpoint;

  /** An element: what to do to the states of a key. */
  private record Turn(String key, BiConsumer<States, TimerService> run) {}

  private final class Doing implements KeyedProcessFunction<String, Turn, String> {
    private final States states;

    Doing(RuntimeContext ctx) {
      states = setup.declare(ctx);
    }

    @Override
    public void processElement(Turn turn, Context<String> ctx, Collector<String> out) {
      turn.run().accept(states, ctx.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      out.collect(fired(ctx.getCurrentKey(), ctx.timeDomain(), time));
    }
  }

  private static String fired(String key, TimeDomain domain, long time) {
    return key + " " + domain + " " + time;
  }

  Program(Setup setup, boolean restarting) {
    this.setup = setup;
    this.restarting = restarting;
    this.harness = KeyedTestHarness.of(Turn::key, Types.STRING, Doing::new);
    harness.restartEveryElement(restarting);
    keep();
  }

  private void keep() {
    checkpoint = harness.snapshot();
    atCheckpoint = copy(models);
    watermarkAtCheckpoint = watermark;
  }

  private static Map<String, Model> copy(Map<String, Model> models) {
    Map<String, Model> copy = new TreeMap<>();
    models.forEach((key, model) -> copy.put(key, model.copy()));
    return copy;
  }

  void run(List<Step> steps) {
    for (Step step : steps) {
      run(step);
      compareTimers();
    }
    ageAway();
  }

  private void run(Step step) {
    if (step instanceof Step.Element element) {
      element(element);
    } else if (step instanceof Step.Clock passing) {
      clock += passing.by();
      harness.setProcessingTime(clock);
      expectFired(TimeDomain.PROCESSING_TIME, clock);
    } else if (step instanceof Step.Watermark moving) {
      watermark = Math.max(watermark, 0) + moving.by();
      harness.processWatermark(watermark);
      expectFired(TimeDomain.EVENT_TIME, watermark);
    } else if (step instanceof Step.Restart) {
      replace(harness.snapshot());
    } else if (step instanceof Step.Checkpoint) {
      keep();
    } else {
      models = copy(atCheckpoint);
      watermark = watermarkAtCheckpoint;
      replace(checkpoint);
      expectFired(TimeDomain.PROCESSING_TIME, clock); // what has become overdue since
    }
  }

  private void replace(byte[] snapshot) {
    harness = harness.restore(snapshot);
    harness.restartEveryElement(restarting);
  }

  private void element(Step.Element element) {
    Model model = models.computeIfAbsent(element.key(), key -> new Model(setup)).copy();
    long timestamp = timestamp(element);
    model.at(clock, watermark, timestamp);
    Turn turn =
        new Turn(
            element.key(),
            (states, timers) -> {
              element.ops().forEach(op -> op.run(states, model, timers));
              if (element.fails()) {
                throw new IllegalStateException("thrown at the end");
              }
            });
    if (element.fails()) {
      assertThatThrownBy(() -> harness.processElement(turn, timestamp))
          .isInstanceOf(StepFailure.class)
          .cause()
          .hasMessage("thrown at the end");
    } else {
      harness.processElement(turn, timestamp);
      models.put(element.key(), model);
      expectFired(TimeDomain.PROCESSING_TIME, clock); // those set for the past
    }
  }

  /**
   * In event time there is a time from the first element on: what has none is stamped by whatever
   * wakes its key next, sweeps included, of which the model knows nothing.
   */
  private long timestamp(Step.Element element) {
    if (element.timestamp() >= 0) {
      return element.timestamp();
    }
    return setup.inEventTime() && watermark == Long.MIN_VALUE ? 0 : Long.MIN_VALUE;
  }

  /** What is due fires, by time, then by key; the model forgets it. */
  private void expectFired(TimeDomain domain, long now) {
    TreeMap<Long, List<String>> due = new TreeMap<>();
    models.forEach(
        (key, model) -> {
          TreeSet<Long> timers =
              domain == TimeDomain.EVENT_TIME ? model.eventTimers : model.processingTimers;
          while (!timers.isEmpty() && timers.first() <= now) {
            long time = timers.pollFirst();
            due.computeIfAbsent(time, t -> new ArrayList<>()).add(fired(key, domain, time));
            model.at(
                domain == TimeDomain.EVENT_TIME ? clock : time, watermark, eventTime(domain, time));
          }
        });
    assertThat(harness.takeOutput())
        .containsExactlyElementsOf(due.values().stream().flatMap(List::stream).toList());
  }

  private static long eventTime(TimeDomain domain, long time) {
    return domain == TimeDomain.EVENT_TIME ? time : Long.MIN_VALUE;
  }

  private void compareTimers() {
    models.forEach(
        (key, model) -> {
          List<KeyView.Timer> timers = new ArrayList<>();
          model.eventTimers.forEach(t -> timers.add(new KeyView.Timer(TimeDomain.EVENT_TIME, t)));
          model.processingTimers.forEach(
              t -> timers.add(new KeyView.Timer(TimeDomain.PROCESSING_TIME, t)));
          assertThat(harness.view(key).timers()).isEqualTo(timers);
        });
  }

  /** When nobody touches anything any more, all that can expire and is swept goes. */
  private void ageAway() {
    if (!setup.expires() || setup.showsExpired()) {
      return;
    }
    run(new Step.Watermark(10_000));
    run(new Step.Clock(10_000));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }
}
