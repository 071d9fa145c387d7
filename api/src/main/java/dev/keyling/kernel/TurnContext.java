package dev.keyling.kernel;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction.ReadOnlyContext;
import dev.keyling.function.OnTimerContext;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReadOnlyBroadcastState;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the user's function sees of the turn at hand, and where its outputs go. */
final class TurnContext<K, O> implements OnTimerContext<K>, ReadOnlyContext<K>, Collector<O> {
  private final StepDefinition<K, ?, O> definition;
  private final K key;
  private final Turns turns;
  private final TimerService timers;
  private long timestamp = Outputs.NO_TIMESTAMP;
  private long outputTimestamp;
  private TimeDomain domain = TimeDomain.EVENT_TIME;
  private Outputs outputs = new Outputs();
  private BroadcastView broadcast = BroadcastView.EMPTY;

  TurnContext(StepDefinition<K, ?, O> definition, K key, Turns turns, TimerService timers) {
    this.definition = definition;
    this.key = key;
    this.turns = turns;
    this.timers = timers;
  }

  void element(long elementTimestamp, Outputs out) {
    timestamp = elementTimestamp;
    outputTimestamp = elementTimestamp;
    outputs = out;
  }

  void broadcast(BroadcastView view) {
    broadcast = view;
  }

  void timer(TimeDomain timerDomain, long time, Outputs out) {
    domain = timerDomain;
    timestamp = time;
    outputTimestamp = timerDomain == TimeDomain.EVENT_TIME ? time : Outputs.NO_TIMESTAMP;
    outputs = out;
  }

  /** Returns the event time of the turn; {@link Outputs#NO_TIMESTAMP} if it has none. */
  long eventTimestamp() {
    return outputTimestamp;
  }

  @Override
  public void collect(O value) {
    collect(value, outputTimestamp);
  }

  @Override
  public void collect(O value, long valueTimestamp) {
    turns.check();
    outputs.add(Objects.requireNonNull(value, "null was emitted"), valueTimestamp, Outputs.MAIN);
  }

  @Override
  public <X> void output(OutputTag<X> tag, X value) {
    output(tag, value, outputTimestamp);
  }

  @Override
  public <X> void output(OutputTag<X> tag, X value, long valueTimestamp) {
    turns.check();
    if (tag == null) {
      throw new IllegalArgumentException(definition.where() + ": the output tag is null");
    }
    Objects.requireNonNull(value, "null was emitted");
    int port = definition.portOf(tag);
    if (port >= 0) {
      outputs.add(value, valueTimestamp, port);
    }
  }

  @Override
  public K getCurrentKey() {
    turns.check();
    return key;
  }

  @Override
  public @Nullable Long timestamp() {
    turns.check();
    return timestamp == Outputs.NO_TIMESTAMP ? null : timestamp;
  }

  @Override
  public TimerService timerService() {
    return timers;
  }

  @Override
  public <UK, UV> ReadOnlyBroadcastState<UK, UV> getBroadcastState(
      MapStateDescriptor<UK, UV> descriptor) {
    turns.check();
    return broadcast.read(definition, descriptor, turns);
  }

  @Override
  public TimeDomain timeDomain() {
    turns.check();
    return domain;
  }
}
