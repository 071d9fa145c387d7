package dev.keyling.testing;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedBroadcastProcessFunction.ReadOnlyContext;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReadOnlyBroadcastState;
import dev.keyling.state.StateMigration;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes what functions emit on any side output, also one that nobody reads. Such a value goes
 * through the main output with its tag, so it keeps its place and is undone with its turn, and is
 * taken out of it behind the step.
 */
final class SideOutputTap {
  private final Map<OutputTag<?>, List<Object>> tapped = new HashMap<>();

  /** A value of a side output on the main output. */
  record Tagged(OutputTag<?> tag, Object value) {}

  /** Returns the factory with its functions tapped. */
  Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>> tap(
      Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>> factory) {
    return context -> new TappedFunction(factory.apply(context));
  }

  /** Returns what is to read the main output instead of the given one. */
  Inlet before(Outlet main) {
    return new ElementStage(
        (key, value, timestamp, out) -> {
          if (value instanceof Tagged side) {
            tapped.computeIfAbsent(side.tag(), unknown -> new ArrayList<>()).add(side.value());
          } else {
            out.element(key, value, timestamp);
          }
        },
        main);
  }

  /** Returns the values of a side output since the last call. */
  List<Object> take(OutputTag<?> tag) {
    List<Object> values = tapped.remove(tag);
    return values == null ? List.of() : values;
  }

  private record TappedFunction(KeyedProcessFunction<Object, Object, Object> function)
      implements KeyedProcessFunction<Object, Object, Object>, StateMigration {

    @Override
    public void migrateState(KeyedStateStore stored) throws Exception {
      if (function instanceof StateMigration migration) {
        migration.migrateState(stored);
      }
    }

    @Override
    public void processElement(Object value, Context<Object> ctx, Collector<Object> out)
        throws Exception {
      function.processElement(value, new TappedContext(ctx, out), out);
    }

    @Override
    public void processElements(List<Object> values, Context<Object> ctx, Collector<Object> out)
        throws Exception {
      function.processElements(values, new TappedContext(ctx, out), out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<Object> ctx, Collector<Object> out)
        throws Exception {
      function.onTimer(timestamp, new TappedContext(ctx, out), out);
    }

    @Override
    public void onEndOfInput(Context<Object> ctx, Collector<Object> out) throws Exception {
      function.onEndOfInput(new TappedContext(ctx, out), out);
    }

    @Override
    public void onExpired(ExpiredEntry expired, Context<Object> ctx, Collector<Object> out)
        throws Exception {
      function.onExpired(expired, new TappedContext(ctx, out), out);
    }

    @Override
    public void close() {
      function.close();
    }
  }

  private record TappedContext(Context<Object> context, Collector<Object> out)
      implements OnTimerContext<Object>, ReadOnlyContext<Object> {

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
      context.output(tag, value);
      out.collect(new Tagged(tag, value));
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value, long timestamp) {
      context.output(tag, value, timestamp);
      out.collect(new Tagged(tag, value), timestamp);
    }

    @Override
    public Object getCurrentKey() {
      return context.getCurrentKey();
    }

    @Override
    public @Nullable Long timestamp() {
      return context.timestamp();
    }

    @Override
    public TimerService timerService() {
      return context.timerService();
    }

    @Override
    public <UK, UV> ReadOnlyBroadcastState<UK, UV> getBroadcastState(
        MapStateDescriptor<UK, UV> descriptor) {
      return ((ReadOnlyContext<Object>) context).getBroadcastState(descriptor);
    }

    @Override
    public TimeDomain timeDomain() {
      return ((OnTimerContext<Object>) context).timeDomain();
    }
  }
}
