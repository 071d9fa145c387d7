package dev.keyling.golden;

import dev.keyling.function.AggregateFunction;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.state.ValueStateDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Remembers something in a state of each kind, and something of each type that is built in. */
final class EveryType implements KeyedProcessFunction<String, String, String> {
  private final Runnable remembers;
  private final ListState<String> list;
  private final MapState<Long, Instant> map;
  private final MapState<String, ChronoUnit> units;
  private final ReducingState<Long> reducing;
  private final AggregatingState<Long, List<Long>> aggregating;

  EveryType(RuntimeContext ctx) {
    List<Runnable> values =
        List.of(
            value(ctx, "string", Types.STRING, "käte\ud800"),
            value(ctx, "long", Types.LONG, Long.MIN_VALUE),
            value(ctx, "int", Types.INT, -7),
            value(ctx, "double", Types.DOUBLE, -0.5),
            value(ctx, "boolean", Types.BOOLEAN, true),
            value(ctx, "bytes", Types.BYTES, new byte[] {1, -1}),
            value(ctx, "instant", Types.INSTANT, Instant.ofEpochSecond(-1, 999)),
            value(ctx, "duration", Types.DURATION, Duration.ofDays(-1).plusNanos(1)),
            value(ctx, "uuid", Types.UUID, new UUID(1, -1)),
            value(ctx, "enum", Types.of(ChronoUnit.class), ChronoUnit.WEEKS),
            value(ctx, "longs", Types.listOf(Types.LONG), List.of(1L, -300L)),
            value(
                ctx,
                "nested",
                Types.mapOf(Types.STRING, Types.listOf(Types.DOUBLE)),
                new TreeMap<>(Map.of("a", List.of(), "b", List.of(1.5)))));
    remembers = () -> values.forEach(Runnable::run);
    list = ctx.getListState(new ListStateDescriptor<>("list", Types.STRING));
    map = ctx.getMapState(new MapStateDescriptor<>("map", Types.LONG, Types.INSTANT));
    units =
        ctx.getMapState(
            new MapStateDescriptor<>("units", Types.STRING, Types.of(ChronoUnit.class)));
    reducing =
        ctx.getReducingState(new ReducingStateDescriptor<>("reducing", Long::sum, Types.LONG));
    aggregating =
        ctx.getAggregatingState(
            new AggregatingStateDescriptor<>(
                "aggregating", AggregateFunction.<Long>toList(), Types.listOf(Types.LONG)));
  }

  private static <T> Runnable value(
      RuntimeContext ctx, String name, TypeInformation<T> type, T value) {
    var state = ctx.getState(new ValueStateDescriptor<>(name, type));
    return () -> state.update(value);
  }

  @Override
  @SuppressWarnings("NullAway") // a null value is a value in a map state
  public void processElement(String element, Context<String> ctx, Collector<String> out) {
    remembers.run();
    list.addAll(List.of("one", "", "three"));
    map.put(5L, Instant.EPOCH);
    map.put(-5L, null);
    units.put("u", ChronoUnit.DAYS);
    reducing.add(20L);
    reducing.add(22L);
    aggregating.add(3L);
    ctx.timerService().registerEventTimeTimer(1_000);
    ctx.timerService().registerProcessingTimeTimer(2_000);
  }
}
