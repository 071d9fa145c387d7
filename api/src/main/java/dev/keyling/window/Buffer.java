package dev.keyling.window;

import dev.keyling.OutputTag;
import dev.keyling.function.Context;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of one side that may still be joined, by timestamp. */
final class Buffer<T> {
  private final RuntimeContext own;
  private final MapState<Long, List<T>> byTime;
  private final Interval interval;
  private final @Nullable OutputTag<T> late;

  Buffer(
      RuntimeContext own,
      String name,
      TypeInformation<T> type,
      Interval interval,
      @Nullable OutputTag<T> late) {
    this.own = own;
    this.byTime = own.getMapState(new MapStateDescriptor<>(name, Types.LONG, Types.listOf(type)));
    this.interval = interval;
    this.late = late;
  }

  /** Keeps an element; tells whether it is one that can be joined. */
  boolean add(T value, Context<?> ctx) {
    Long timestamp = ctx.timestamp();
    if (timestamp == null) {
      throw new IllegalStateException(
          "dataflow \"%s\" step \"%s\" key \"%s\": the element %s has no timestamp, by which an interval join knows it; put assignTimestampsAndWatermarks before keyBy"
              .formatted(own.dataflowName(), own.stepId(), ctx.getCurrentKey(), value));
    }
    if (timestamp < ctx.timerService().currentWatermark()) {
      if (late != null) {
        ctx.output(late, value);
      }
      return false;
    }
    List<T> same = byTime.get(timestamp);
    List<T> more = same == null ? new ArrayList<>(1) : same;
    more.add(value);
    byTime.put(timestamp, more);
    ctx.timerService().registerEventTimeTimer(timestamp + interval.lasting());
    return true;
  }

  /** Returns the times of elements that one of the other side joins with, ascending. */
  List<Long> joining(long timestamp, Interval ofOther) {
    List<Long> times = new ArrayList<>();
    for (long time : byTime.keys()) {
      if (ofOther.joins(timestamp, time)) {
        times.add(time);
      }
    }
    Collections.sort(times);
    return times;
  }

  List<T> at(long time) {
    List<T> elements = byTime.get(time);
    return elements == null ? List.of() : elements;
  }

  Interval interval() {
    return interval;
  }

  /** Lets go of what nothing can come for any more. */
  void expire(long timer) {
    byTime.remove(timer - interval.lasting());
  }
}
