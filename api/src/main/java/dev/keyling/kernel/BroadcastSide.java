package dev.keyling.kernel;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.KeyedBroadcastProcessFunction.BroadcastContext;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.plan.Adapter;
import dev.keyling.plan.Arrival;
import dev.keyling.plan.ClocksOnly;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.time.TimerService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The function of the {@link GroupKey}: hands broadcast elements to the user's function. So a
 * broadcast state is a map state of that key, undone and stored like any other.
 */
final class BroadcastSide<K, O> implements KeyedProcessFunction<K, Object, O>, Adapter {
  private final KeyedBroadcastProcessFunction<K, ?, Object, O> function;
  private final CellContext own;
  private final TimerService clocks;
  private List<KeyedUpdate<?>> updates = new ArrayList<>();

  BroadcastSide(
      KeyedBroadcastProcessFunction<K, ?, Object, O> function, CellContext own, CellTimers timers) {
    this.function = function;
    this.own = own;
    this.clocks = new ClocksOnly(timers, this::noTimers);
  }

  private String noTimers() {
    return own.definition().where()
        + ": timers belong to keys, and a broadcast element has none; set and delete them in"
        + " processElement or onTimer";
  }

  /**
   * Makes the user's function; the states of keys that it asks for are refused when it uses them.
   */
  static <K, O> BroadcastSide<K, O> of(
      StepDefinition<K, ?, O> definition, CellContext own, CellTimers timers) {
    NoTurns none = NoTurns.of(definition, own.clock());
    CellStates keyed = new CellStates(definition, none, Image.EMPTY);
    CellContext refusing =
        new CellContext(definition, own.keyGroup(), own.attempt(), own.clock(), keyed);
    return new BroadcastSide<>(definition.broadcastFactory().apply(refusing), own, timers);
  }

  @Override
  public Object function() {
    return function;
  }

  @Override
  public void processElement(Object value, Context<K> ctx, Collector<O> out) throws Exception {
    updates = new ArrayList<>(0);
    Object element = Arrival.unwrapped(value);
    boolean handled = false;
    try {
      function.processBroadcastElement(element, new Broadcasting(element, ctx), out);
      handled = true;
    } finally {
      if (!handled) {
        updates = List.of();
      }
    }
  }

  /** Returns what the last element asked to be done to keys; nothing if it threw. */
  List<KeyedUpdate<?>> takeUpdates() {
    List<KeyedUpdate<?>> taken = updates;
    updates = List.of();
    return taken;
  }

  @Override
  public void close() {
    function.close();
  }

  /** What the user's function sees of a broadcast element. */
  private final class Broadcasting implements BroadcastContext<K> {
    private final Object element;
    private final Context<K> context;

    Broadcasting(Object element, Context<K> context) {
      this.element = element;
      this.context = context;
    }

    @Override
    public <UK, UV> BroadcastState<UK, UV> getBroadcastState(
        MapStateDescriptor<UK, UV> descriptor) {
      BroadcastView.require(own.definition(), descriptor);
      return new BroadcastWriting<>(own.getMapState(descriptor));
    }

    @Override
    @SuppressWarnings("unchecked") // it is called with keys of the step
    public <S extends State> void applyToKeyedState(
        StateDescriptor<S> descriptor, BiConsumer<? super K, ? super S> update) {
      own.definition().entriesOf(StateKind.of(descriptor), descriptor);
      context.timestamp(); // refuses a call after the turn
      updates.add(new KeyedUpdate<>(element, descriptor, (BiConsumer<Object, S>) update));
    }

    @Override
    public @Nullable Long timestamp() {
      return context.timestamp();
    }

    @Override
    public TimerService timerService() {
      return clocks;
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
      context.output(tag, value);
    }
  }
}
