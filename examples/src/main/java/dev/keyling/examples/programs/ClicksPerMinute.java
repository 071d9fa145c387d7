package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.function.AggregateFunction;
import dev.keyling.function.Collector;
import dev.keyling.state.Types;
import dev.keyling.time.WatermarkStrategy;
import dev.keyling.window.TimeWindow;
import dev.keyling.window.WindowContext;
import dev.keyling.window.Windows;
import java.time.Duration;
import java.time.Instant;

/** Counts the clicks on each page, minute by minute: windows in event time. */
public final class ClicksPerMinute {

  /** Clicks that came after their minute had been counted. */
  public static final OutputTag<Click> LATE = new OutputTag<>("late");

  /** Somebody looks at a page. */
  public record Click(String page, Instant time) {}

  /** How often a page was looked at in the minute that begins then. */
  public record Clicks(String page, Instant minute, long clicks) {}

  private ClicksPerMinute() {}

  /**
   * Gives the clicks of each minute in which a page had any, when it is over.
   *
   * @param lateness how far a click may come behind a younger one
   */
  public static KeyedStep<String, Clicks> of(DataStream<Click> clicks, Duration lateness) {
    return clicks
        .assignTimestampsAndWatermarks(
            click -> click.time().toEpochMilli(),
            WatermarkStrategy.forBoundedOutOfOrderness(lateness))
        .keyBy(Click::page)
        .window(Windows.tumbling(Duration.ofMinutes(1)))
        .sideOutputLateData(LATE)
        .aggregate(
            "clicks", Types.LONG, AggregateFunction.counting(), ctx -> ClicksPerMinute::ofMinute);
  }

  private static void ofMinute(
      String page, WindowContext<TimeWindow> ctx, Iterable<Long> counts, Collector<Clicks> out) {
    Instant minute = Instant.ofEpochMilli(ctx.window().start());
    counts.forEach(count -> out.collect(new Clicks(page, minute, count)));
  }
}
