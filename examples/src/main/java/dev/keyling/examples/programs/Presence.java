package dev.keyling.examples.programs;

import static java.util.Objects.requireNonNull;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.examples.programs.Sessions.Event;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells who has not been seen for a while: a {@link ValueState} with a time to live, which tells
 * when it expires. Nothing is kept of who is away.
 */
public final class Presence implements KeyedProcessFunction<String, Event, Presence.Absence> {

  /** Somebody has gone: not seen since then for as long as it takes, or until the input ended. */
  public record Absence(String key, Instant lastSeen) {}

  private final Duration away;
  private final ValueState<Instant> lastSeen;

  Presence(RuntimeContext ctx, Duration away) {
    this.away = away;
    var descriptor = new ValueStateDescriptor<>("lastSeen", Types.INSTANT);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(away)
            .setTtlTimeCharacteristic(StateTtlConfig.TtlTimeCharacteristic.EventTime)
            .build());
    lastSeen = ctx.getState(descriptor);
  }

  /**
   * Gives an absence for everybody who goes; at the end of input all do.
   *
   * @param away who is not seen for this long has gone; at least 1 ms
   * @param lateness how far an event may come behind a younger one
   */
  public static KeyedStep<String, Absence> of(
      DataStream<Event> events, Duration away, Duration lateness) {
    return events
        .assignTimestampsAndWatermarks(
            event -> event.time().toEpochMilli(),
            WatermarkStrategy.forBoundedOutOfOrderness(lateness))
        .keyBy(Event::key)
        .process("presence", ctx -> new Presence(ctx, away));
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Absence> out) {
    Instant before = lastSeen.value();
    if (before == null || event.time().isAfter(before)) {
      lastSeen.update(event.time());
    }
    // Who comes back may do so before the watermark says that the time is over.
    if (before != null && !event.time().isBefore(before.plus(away))) {
      out.collect(new Absence(ctx.getCurrentKey(), before));
    }
  }

  @Override
  public void onExpired(ExpiredEntry expired, Context<String> ctx, Collector<Absence> out) {
    Instant before = (Instant) requireNonNull(expired.value());
    out.collect(new Absence(ctx.getCurrentKey(), before));
  }

  @Override
  public void onEndOfInput(Context<String> ctx, Collector<Absence> out) {
    Instant before = lastSeen.value();
    if (before != null) {
      out.collect(new Absence(ctx.getCurrentKey(), before));
      lastSeen.clear();
    }
  }
}
