package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.time.TimerService;
import dev.keyling.time.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts the events of each key into sessions: event time, timers, and a {@link ListState} of the
 * sessions that are open.
 *
 * <p>Events at most a gap apart belong together. While events may come out of order, a key can have
 * several open sessions: an event begins a session, extends one at either end, or joins two. A
 * session ends when the watermark says that no event of it can come any more, so the result does
 * not depend on the order in which events came, as long as none was later than was allowed.
 */
public final class Sessions
    implements KeyedProcessFunction<String, Sessions.Event, Sessions.Session> {

  /** Events that came after their session had ended. */
  public static final OutputTag<Event> LATE = new OutputTag<>("late");

  /** Something that happened to a key. */
  public record Event(String key, Instant time) {}

  /** A session that has ended: the times of its first and last event, and how many it had. */
  public record Session(String key, Instant start, Instant end, long events) {}

  /** An open session; times in ms since 1970. */
  record Span(long start, long end, long events) {
    boolean isWithin(long gap, Span other) {
      return other.start <= end + gap && start <= other.end + gap;
    }

    Span with(Span other) {
      return new Span(
          Math.min(start, other.start), Math.max(end, other.end), events + other.events);
    }
  }

  private final long gap;
  private final ListState<Span> open;

  Sessions(RuntimeContext ctx, Duration gap) {
    this.gap = gap.toMillis();
    this.open = ctx.getListState(new ListStateDescriptor<>("open", Types.of(Span.class)));
  }

  /**
   * Gives the sessions as they end; at the end of input all do.
   *
   * @param gap events this far apart still belong together
   * @param lateness how far an event may come behind a younger one
   */
  public static KeyedStep<String, Session> of(
      DataStream<Event> events, Duration gap, Duration lateness) {
    return events
        .assignTimestampsAndWatermarks(
            event -> event.time().toEpochMilli(),
            WatermarkStrategy.forBoundedOutOfOrderness(lateness))
        .keyBy(Event::key)
        .process("sessions", ctx -> new Sessions(ctx, gap));
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Session> out) {
    TimerService timers = ctx.timerService();
    long time = event.time().toEpochMilli();
    Span session = new Span(time, time, 1);
    List<Span> sessions = new ArrayList<>();
    for (Span other : open.get()) {
      if (session.isWithin(gap, other)) {
        session = session.with(other);
        timers.deleteEventTimeTimer(other.end + gap);
      } else {
        sessions.add(other);
      }
    }
    if (session.end + gap <= timers.currentWatermark()) {
      ctx.output(LATE, event);
      return;
    }
    sessions.add(session);
    open.update(sessions);
    timers.registerEventTimeTimer(session.end + gap);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<Session> out) {
    List<Span> remaining = new ArrayList<>();
    for (Span session : open.get()) {
      if (session.end + gap <= timestamp) {
        out.collect(
            new Session(
                ctx.getCurrentKey(),
                Instant.ofEpochMilli(session.start),
                Instant.ofEpochMilli(session.end),
                session.events));
      } else {
        remaining.add(session);
        ctx.timerService().registerEventTimeTimer(session.end + gap); // the gap may be another now
      }
    }
    open.update(remaining);
  }
}
