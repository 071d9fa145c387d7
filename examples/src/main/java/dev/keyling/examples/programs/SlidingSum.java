package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.function.Collector;
import dev.keyling.function.StatefulLogic;
import dev.keyling.state.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The sum of what a key has had within the last minutes, by the clock: a {@link StatefulLogic} that
 * asks to be notified when its oldest value gets too old. Gives the sum whenever it has changed.
 */
public final class SlidingSum implements StatefulLogic<Reading, SlidingSum.Sum, SlidingSum.Window> {

  /** The sum of the values by now. */
  public record Sum(String key, long sum) {}

  /** What is stored of a key: its values, oldest first. */
  record Window(String key, List<Item> items) {}

  /** A value, and when it came. */
  record Item(Instant time, long value) {}

  private final InstantSource clock;
  private final Duration length;
  private final Deque<Item> items = new ArrayDeque<>();
  private String key = "";

  SlidingSum(InstantSource clock, Duration length, Optional<Window> snapshot) {
    this.clock = clock;
    this.length = length;
    snapshot.ifPresent(
        window -> {
          key = window.key();
          items.addAll(window.items());
        });
  }

  /** Gives the sums over the last so many minutes. */
  public static KeyedStep<String, Sum> of(DataStream<Reading> readings, Duration length) {
    return readings
        .keyBy(Reading::key)
        .stateful(
            "sliding-sum",
            Types.of(Window.class),
            (ctx, snapshot) -> new SlidingSum(ctx.clock(), length, snapshot));
  }

  @Override
  public boolean onItem(Reading reading, Collector<Sum> out) {
    key = reading.key();
    items.addLast(new Item(clock.instant(), reading.value()));
    return emit(out);
  }

  @Override
  public boolean onNotify(Collector<Sum> out) {
    return emit(out);
  }

  private boolean emit(Collector<Sum> out) {
    Instant tooOld = clock.instant().minus(length);
    items.removeIf(item -> !item.time().isAfter(tooOld));
    out.collect(new Sum(key, items.stream().mapToLong(Item::value).reduce(0, Math::addExact)));
    return items.isEmpty() ? DISCARD : RETAIN;
  }

  @Override
  public Optional<Instant> notifyAt() {
    return Optional.ofNullable(items.peekFirst()).map(oldest -> oldest.time().plus(length));
  }

  @Override
  public Window snapshot() {
    return new Window(key, List.copyOf(items));
  }
}
