package dev.keyling.testing;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.testing.SideOutputTap.Tagged;
import dev.keyling.time.TimerService;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@link SideOutputTap} does to functions, done to what handles broadcast elements. */
record TappedBroadcast(KeyedBroadcastProcessFunction<Object, Object, Object, Object> function)
    implements KeyedBroadcastProcessFunction<Object, Object, Object, Object> {

  static Function<RuntimeContext, KeyedBroadcastProcessFunction<Object, Object, Object, Object>>
      tapping(
          Function<RuntimeContext, KeyedBroadcastProcessFunction<Object, Object, Object, Object>>
              factory) {
    return context -> new TappedBroadcast(factory.apply(context));
  }

  @Override
  public void processElement(Object value, ReadOnlyContext<Object> ctx, Collector<Object> out)
      throws Exception {
    function.processElement(value, ctx, out);
  }

  @Override
  public void processBroadcastElement(
      Object value, BroadcastContext<Object> ctx, Collector<Object> out) throws Exception {
    function.processBroadcastElement(value, new Tapped(ctx, out), out);
  }

  @Override
  public void close() {
    function.close();
  }

  private record Tapped(BroadcastContext<Object> context, Collector<Object> out)
      implements BroadcastContext<Object> {

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
      context.output(tag, value);
      out.collect(new Tagged(tag, value));
    }

    @Override
    public <UK, UV> BroadcastState<UK, UV> getBroadcastState(
        MapStateDescriptor<UK, UV> descriptor) {
      return context.getBroadcastState(descriptor);
    }

    @Override
    public <S extends State> void applyToKeyedState(
        StateDescriptor<S> descriptor, BiConsumer<? super Object, ? super S> update) {
      context.applyToKeyedState(descriptor, update);
    }

    @Override
    public @Nullable Long timestamp() {
      return context.timestamp();
    }

    @Override
    public TimerService timerService() {
      return context.timerService();
    }
  }
}
