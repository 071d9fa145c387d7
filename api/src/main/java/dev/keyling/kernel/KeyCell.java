package dev.keyling.kernel;

import dev.keyling.KeyView;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.state.ExpiredEntry;
import dev.keyling.time.TimeDomain;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of one key of one step: an image, the user's function on it, and the turns that the
 * key takes. Each element, timer or end of input is one turn; a turn that throws leaves no trace,
 * and throws a {@link StepFailure} unless the step skips. Used by one thread at a time. Everything
 * that a key can experience goes through here.
 */
public final class KeyCell<K, I, O> implements AutoCloseable {
  private final StepDefinition<K, I, O> definition;
  private final K key;
  private final CellStates states;
  private final CellTimers timers;
  private final Aging aging;
  private final TurnContext<K, O> context;
  private final KeyedProcessFunction<K, I, O> function;
  private final Hooks hooks;
  private final CellTurns turns;

  /**
   * Wakes a key: makes the user's function, on the given image, which may have to be migrated; for
   * the {@link GroupKey} the one that handles broadcast elements.
   *
   * @throws StepFailure if the migration throws, or something is stored otherwise than declared
   * @throws RuntimeException what the factory throws
   */
  @SuppressWarnings("unchecked") // elements of the group key are broadcast ones
  public KeyCell(
      StepDefinition<K, I, O> definition,
      K key,
      int keyGroup,
      int attempt,
      InstantSource clock,
      Image image) {
    this.definition = definition;
    this.key = key;
    this.aging = new Aging(clock, image);
    this.turns = new CellTurns(definition, aging);
    this.states = new CellStates(definition, turns, image);
    this.timers = new CellTimers(turns, clock, image);
    this.context = new TurnContext<>(definition, key, turns, timers);
    CellContext own = new CellContext(definition, keyGroup, attempt, clock, states);
    this.function =
        key == GroupKey.INSTANCE
            ? (KeyedProcessFunction<K, I, O>) BroadcastSide.of(definition, own, timers)
            : definition.function(own);
    this.hooks = Hooks.of(function);
    settle();
    aging.tells(hooks.expired());
  }

  private void settle() {
    Migration migration = Migration.of(function, states.root(), turns);
    if (migration != null) {
      Throwable failure = turn(Long.MIN_VALUE, new Outputs(), migration::run);
      if (failure != null) {
        throw definition.notWoken(key, "migrateState threw " + failure, failure);
      }
      turns.changes().removed(migration.consumed());
    }
    definition.refuse(key, states.root().leftOver().awake());
  }

  /** A turn's work. */
  private interface Turn {
    void run() throws Exception;
  }

  /**
   * Says when the turns to come happen.
   *
   * @param newEpoch what is committed together; only a hint for lists, whose open end is rewritten
   *     within an epoch
   * @param eventTime the watermark, without the end of input: by it entries expire
   */
  public void at(long newEpoch, long eventTime) {
    turns.epoch(newEpoch);
    aging.watermark(eventTime);
  }

  /** Sets what the turns to come see of the broadcast states. */
  public void broadcast(BroadcastView view) {
    context.broadcast(view);
  }

  /** Returns what the last broadcast element asked to be done to keys; of the group key only. */
  public List<KeyedUpdate<?>> takeUpdates() {
    return function instanceof BroadcastSide<?, ?> side ? side.takeUpdates() : List.of();
  }

  /**
   * Handles one element.
   *
   * @param timestamp {@link Outputs#NO_TIMESTAMP} if it has none
   */
  public void element(I value, long timestamp, long watermark, Outputs out) {
    if (hooks.together()) {
      elements(List.of(value), timestamp, watermark, out);
    } else {
      context.element(timestamp, out);
      run(value, watermark, out, () -> function.processElement(value, context, context));
    }
  }

  /** Handles elements as one turn, if {@link Hooks#together}; the timestamp is the last one's. */
  public void elements(List<I> values, long timestamp, long watermark, Outputs out) {
    context.element(timestamp, out);
    Turn turn = () -> function.processElements(values, context, context);
    run(values.size() == 1 ? values.get(0) : new Together(values), watermark, out, turn);
  }

  /**
   * Fires the event timers up to the watermark, ascending, those included that the firing ones set;
   * then sweeps what has expired.
   */
  public void advanceWatermark(long watermark, Outputs out) {
    Timers due;
    while (!(due = timers.of(TimeDomain.EVENT_TIME)).isEmpty() && due.first() <= watermark) {
      fire(TimeDomain.EVENT_TIME, due.first(), watermark, out);
    }
    sweep(TimeDomain.EVENT_TIME, watermark, out);
  }

  /**
   * Fires the processing-time timers that are due now, ascending; those that they set wait for the
   * next call. Then sweeps what has expired.
   */
  public void advanceProcessingTime(long now, long watermark, Outputs out) {
    for (long due : timers.of(TimeDomain.PROCESSING_TIME).toArray()) {
      if (due <= now && timers.of(TimeDomain.PROCESSING_TIME).contains(due)) {
        fire(TimeDomain.PROCESSING_TIME, due, watermark, out);
      }
    }
    sweep(TimeDomain.PROCESSING_TIME, watermark, out);
  }

  /** Fires one timer, which must be set. */
  public void fire(TimeDomain domain, long due, long watermark, Outputs out) {
    context.timer(domain, due, out);
    Turn firing =
        () -> {
          timers.remove(domain, due);
          function.onTimer(due, context, context);
        };
    if (!run(null, watermark, out, firing)) {
      timers.remove(domain, due); // skipped, so it must not come again
    }
  }

  /** Removes what has expired, if the time for that has come, and tells the function. */
  public void sweep(TimeDomain domain, long watermark, Outputs out) {
    aging.watermark(watermark);
    if (!aging.isDue(domain)) {
      return;
    }
    context.timer(domain, aging.sweeps().due(domain), out);
    Turn sweeping = () -> aging.sweep(domain, states);
    if (!run(null, watermark, out, sweeping)) {
      aging.tells(false); // skipped, so it must not come again
      turn(watermark, out, sweeping);
      aging.tells(hooks.expired());
    }
  }

  /** Tells the function that the input has ended. */
  public void endOfInput(Outputs out) {
    context.element(Outputs.NO_TIMESTAMP, out);
    run(null, Long.MAX_VALUE, out, () -> function.onEndOfInput(context, context));
  }

  /** Returns what the function wants to be told beside elements and timers. */
  public Hooks hooks() {
    return hooks;
  }

  /**
   * Tells a function what is not an element, and returns its answer: an operator's everything, a
   * key's what became of checkpoints.
   *
   * @throws StepFailure if the function throws, unless it is at a checkpoint
   */
  public OperatorCall.Answer call(OperatorCall call, Outputs out) {
    if (call instanceof OperatorCall.Recall) {
      return new OperatorCall.Recalled(states.unionItems());
    }
    states.called(call);
    context.element(Outputs.NO_TIMESTAMP, out);
    Throwable failure = turn(Long.MIN_VALUE, out, () -> call.on(function));
    return call.answer(failure, thrown -> definition.failure(key, " in " + call.label(), thrown));
  }

  /** Does to a state of this key what a broadcast element asked for, if the key holds it. */
  public void update(KeyedUpdate<?> update, long watermark, Outputs out) {
    if (states.hold(update.descriptor())) {
      context.element(Outputs.NO_TIMESTAMP, out);
      run(update.element(), watermark, out, () -> update.apply(key, states, aging));
    }
  }

  /**
   * Stamps entries that have no stamp and sets the sweep, as the first turn of a key does; nothing
   * else happens. What cannot be aged fails, even if the step skips.
   */
  public void age(long watermark) {
    Outputs nowhere = new Outputs();
    aging.unaged();
    context.element(Outputs.NO_TIMESTAMP, nowhere);
    Throwable failure = turn(watermark, nowhere, () -> {});
    if (failure != null) {
      throw definition.failure(key, " while its entries were given a time to live", failure);
    }
  }

  /** Takes a turn; if it throws, the step's error policy decides. Tells whether it did not. */
  private boolean run(@Nullable Object element, long watermark, Outputs out, Turn work) {
    Throwable failure = turn(watermark, out, work);
    if (failure != null) {
      definition.failed(key, element, failure, out);
    }
    return failure == null;
  }

  private @Nullable Throwable turn(long watermark, Outputs out, Turn work) {
    int mark = out.size();
    timers.beginTurn(watermark);
    turns.begin();
    try {
      aging.beginTurn(watermark, context.eventTimestamp(), states);
      work.run();
      for (ExpiredEntry entry; (entry = aging.nextExpired()) != null; ) {
        function.onExpired(entry, context, context);
      }
      aging.endTurn(states);
      turns.end(true);
      return null;
    } catch (Throwable e) { // an Error of one key must not take the others with it
      turns.end(false);
      timers.undo();
      aging.undo();
      out.truncate(mark);
      return e;
    }
  }

  /** Returns what changed since the last call; nothing if nothing did. */
  public List<Delta> takeDeltas() {
    List<Delta> deltas = new ArrayList<>(2);
    turns.changes().takeDeltas(turns.epoch(), deltas::add);
    timers.takeDeltas(deltas::add);
    aging.sweeps().takeDeltas(deltas::add);
    states.forgetEmpty();
    return deltas;
  }

  /** Returns when the key is to be woken; {@link Long#MAX_VALUE} if by no timer and no sweep. */
  public long soonest(TimeDomain domain) {
    return Math.min(timers.of(domain).first(), aging.sweeps().due(domain));
  }

  /** Tells whether the key holds nothing and can be let go; never so of an operator. */
  public boolean isEmpty() {
    return contents().isEmpty();
  }

  /**
   * Returns everything that the key holds, as it is now. Always equals the image that it was woken
   * with plus all deltas since.
   */
  public Image image() {
    return contents().image();
  }

  /** Returns what the key holds, readable by people. */
  public KeyView view() {
    return contents().view(definition, key);
  }

  private Contents contents() {
    return new Contents(states, timers, aging.sweeps());
  }

  /** Returns the number of state entries. */
  public int numEntries() {
    return states.numEntries();
  }

  @Override
  public void close() {
    function.close();
  }
}
