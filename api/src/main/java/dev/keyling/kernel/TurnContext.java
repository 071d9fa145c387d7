package dev.keyling.kernel;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction.ReadOnlyContext;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReadOnlyBroadcastState;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key at its desk: whether it is in a turn, and what the user's function sees of that. What few
 * keys have (timers, entries that age) is made when it is asked for.
 */
final class TurnContext<K, O>
    implements OnTimerContext<K>, ReadOnlyContext<K>, Collector<O>, Turns {
  private final K key;
  private Desk desk;
  private @Nullable CellTimers timers;
  private @Nullable Aging aging;
  private boolean inTurn;
  private boolean tellsExpired;
  private boolean hasNamespaces;

  TurnContext(Desk desk, K key, Image image) {
    this.desk = desk;
    this.key = key;
    for (EntryKey entry : image.entries().keySet()) {
      if (entry.isTimer() && timers == null) {
        timers = new CellTimers(this, image);
      } else if (entry.isSweep() && aging == null) {
        aging = new Aging(desk.time(), image);
      }
    }
  }

  /** Takes the turns to come at another desk. */
  void moveTo(Desk other) {
    desk = other;
    if (aging != null) {
      aging.by(other.time());
    }
  }

  int fetch() {
    return inTurn ? 1 : 0;
  }

  Desk desk() {
    return desk;
  }

  CellTimers timers() {
    if (timers == null) {
      timers = new CellTimers(this, Image.EMPTY);
    }
    return timers;
  }

  /** Returns the key's timers; null if it never had one. */
  @Nullable CellTimers timersOrNull() {
    return timers;
  }

  Timers timers(TimeDomain domain) {
    return timers == null ? Timers.NONE : timers.of(domain);
  }

  /** Returns when the key is to be woken; {@link Long#MAX_VALUE} if by no timer and no sweep. */
  long soonest(TimeDomain domain) {
    long sweep = aging == null ? Long.MAX_VALUE : aging.sweeps().due(domain);
    return Math.min(timers(domain).first(), sweep);
  }

  /** Returns what the key knows of time to live; null if none of its states has one. */
  @Nullable Aging agingOrNull() {
    return aging;
  }

  /** The function wants to know what expires from now on, or does not. */
  void tellsExpired(boolean tells) {
    tellsExpired = tells;
    if (aging != null) {
      aging.tells(tells);
    }
  }

  /** A turn's work. */
  interface Work {
    void run() throws Exception;
  }

  /** Takes a turn; if something is thrown, undoes it and returns that, be it an Error. */
  @Nullable Throwable take(
      long watermark,
      Outputs out,
      CellStates states,
      KeyedProcessFunction<K, ?, O> function,
      Work work) {
    int mark = out.size();
    desk.begin(watermark);
    if (timers != null) {
      timers.beginTurn();
    }
    inTurn = true;
    try {
      if (aging != null) {
        aging.beginTurn(states);
      }
      work.run();
      if (aging != null) {
        endTurn(aging, states, function);
      }
      inTurn = false;
      desk.changes().endTurn(true);
      return null;
    } catch (Throwable e) {
      undo();
      out.truncate(mark);
      return e;
    }
  }

  private void endTurn(Aging ages, CellStates states, KeyedProcessFunction<K, ?, O> function)
      throws Exception {
    for (ExpiredEntry entry; (entry = ages.nextExpired()) != null; ) {
      function.onExpired(entry, this, this);
    }
    ages.endTurn(states);
  }

  private void undo() {
    inTurn = false;
    desk.changes().endTurn(false);
    if (timers != null) {
      timers.undo();
    }
    if (aging != null) {
      aging.undo();
    }
  }

  /** Returns what changed since the last call. */
  List<Delta> takeDeltas() {
    List<Delta> deltas = desk.changes().takeDeltas(desk.epoch());
    if (timers != null) {
      timers.takeDeltas(deltas::add);
    }
    if (aging != null) {
      aging.sweeps().takeDeltas(deltas::add);
    }
    return deltas;
  }

  /** Tells whether there may be states in namespaces. */
  boolean hasNamespaces() {
    return hasNamespaces;
  }

  @Override
  public void check() {
    if (!inTurn) {
      throw new IllegalStateException(
          desk.definition().where()
              + ": states, timers and the context can be used only while an element or timer of"
              + " their key is handled");
    }
  }

  @Override
  public Aging aging() {
    if (aging == null) {
      aging = new Aging(desk.time(), Image.EMPTY);
      aging.tells(tellsExpired);
    }
    return aging;
  }

  @Override
  public long epoch() {
    return desk.epoch();
  }

  @Override
  public CellChanges changes() {
    return desk.changes();
  }

  @Override
  public void namespaceOpened() {
    hasNamespaces = true;
  }

  @Override
  public void collect(O value) {
    collect(value, desk.outputTimestamp());
  }

  @Override
  public void collect(O value, long valueTimestamp) {
    check();
    Objects.requireNonNull(value, "null was emitted");
    desk.outputs().add(value, valueTimestamp, Outputs.MAIN);
  }

  @Override
  public <X> void output(OutputTag<X> tag, X value) {
    output(tag, value, desk.outputTimestamp());
  }

  @Override
  public <X> void output(OutputTag<X> tag, X value, long valueTimestamp) {
    check();
    if (tag == null) {
      throw new IllegalArgumentException(desk.definition().where() + ": the output tag is null");
    }
    Objects.requireNonNull(value, "null was emitted");
    int port = desk.definition().portOf(tag);
    if (port >= 0) {
      desk.outputs().add(value, valueTimestamp, port);
    }
  }

  @Override
  public K getCurrentKey() {
    check();
    return key;
  }

  @Override
  public @Nullable Long timestamp() {
    check();
    long timestamp = desk.timestamp();
    return timestamp == Outputs.NO_TIMESTAMP ? null : timestamp;
  }

  @Override
  public TimerService timerService() {
    return timers();
  }

  @Override
  public <UK, UV> ReadOnlyBroadcastState<UK, UV> getBroadcastState(
      MapStateDescriptor<UK, UV> descriptor) {
    check();
    return desk.broadcast().read(desk.definition(), descriptor, this);
  }

  @Override
  public TimeDomain timeDomain() {
    check();
    return desk.domain();
  }
}
