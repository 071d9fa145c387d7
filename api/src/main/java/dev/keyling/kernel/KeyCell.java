package dev.keyling.kernel;

import dev.keyling.KeyView;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.time.TimeDomain;
import java.time.InstantSource;
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
  private final TurnContext<K, O> context;
  private final KeyedProcessFunction<K, I, O> function;
  private final Hooks hooks;

  /**
   * Wakes a key: makes the user's function, on the given image, which may have to be migrated; for
   * the {@link GroupKey} the one that handles broadcast elements. The key has a desk of its own.
   *
   * @throws StepFailure if the migration throws, or something is stored otherwise than declared
   * @throws RuntimeException what the factory throws
   */
  public KeyCell(
      StepDefinition<K, I, O> definition,
      K key,
      int keyGroup,
      int attempt,
      InstantSource clock,
      Image image) {
    this(definition, key, new Desk(definition, keyGroup, attempt, clock), image);
  }

  /** Wakes a key that takes its turns at a desk with others. */
  @SuppressWarnings("unchecked") // elements of the group key are broadcast ones
  public KeyCell(StepDefinition<K, I, O> definition, K key, Desk desk, Image image) {
    desk.clear();
    this.definition = definition;
    this.key = key;
    this.context = new TurnContext<>(desk, key, image);
    this.states = new CellStates(definition, context, image);
    CellContext own =
        new CellContext(definition, desk.keyGroup(), desk.attempt(), desk.clock(), states);
    this.function =
        key == GroupKey.INSTANCE
            ? (KeyedProcessFunction<K, I, O>) BroadcastSide.of(definition, own, context.timers())
            : definition.function(own);
    this.hooks = Hooks.of(function);
    try {
      settle();
    } catch (StepFailure e) {
      desk.changes().forget();
      throw e;
    }
    context.tellsExpired(hooks.expired());
  }

  private void settle() {
    Migration migration = Migration.of(function, states.root(), context);
    if (migration != null) {
      Throwable failure = turn(Long.MIN_VALUE, new Outputs(), migration::run);
      if (failure != null) {
        throw definition.notWoken(key, "migrateState threw " + failure, failure);
      }
      context.changes().removed(migration.consumed());
    }
    definition.refuse(key, states.root().leftOver().awake());
  }

  /** Takes the turns to come at another desk, at which another thread may work. */
  public void moveTo(Desk desk) {
    context.moveTo(desk);
  }

  /**
   * Says when the turns to come happen.
   *
   * @param newEpoch what is committed together; only a hint for lists, whose open end is rewritten
   *     within an epoch
   * @param eventTime the watermark, without the end of input: by it entries expire
   */
  public void at(long newEpoch, long eventTime) {
    context.desk().at(newEpoch, eventTime);
  }

  /** Sets what the turns to come see of the broadcast states. */
  public void broadcast(BroadcastView view) {
    context.desk().broadcast(view);
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
      context.desk().element(timestamp, out);
      run(value, watermark, out, () -> function.processElement(value, context, context));
    }
  }

  /** Handles elements as one turn, if {@link Hooks#together}; the timestamp is the last one's. */
  public void elements(List<I> values, long timestamp, long watermark, Outputs out) {
    context.desk().element(timestamp, out);
    TurnContext.Work turn = () -> function.processElements(values, context, context);
    run(values.size() == 1 ? values.get(0) : new Together(values), watermark, out, turn);
  }

  /** Fires the event timers up to the watermark, also those set meanwhile; then sweeps. */
  public void advanceWatermark(long watermark, Outputs out) {
    Timers due;
    while (!(due = context.timers(TimeDomain.EVENT_TIME)).isEmpty() && due.first() <= watermark) {
      fire(TimeDomain.EVENT_TIME, due.first(), watermark, out);
    }
    sweep(TimeDomain.EVENT_TIME, watermark, out);
  }

  /**
   * Fires the processing-time timers that are due now, ascending; those that they set wait for the
   * next call. Then sweeps what has expired.
   */
  public void advanceProcessingTime(long now, long watermark, Outputs out) {
    for (long due : context.timers(TimeDomain.PROCESSING_TIME).toArray()) {
      if (due <= now && context.timers(TimeDomain.PROCESSING_TIME).contains(due)) {
        fire(TimeDomain.PROCESSING_TIME, due, watermark, out);
      }
    }
    sweep(TimeDomain.PROCESSING_TIME, watermark, out);
  }

  /** Fires one timer, which must be set. */
  public void fire(TimeDomain domain, long due, long watermark, Outputs out) {
    context.desk().timer(domain, due, out);
    TurnContext.Work firing =
        () -> {
          context.timers().remove(domain, due);
          function.onTimer(due, context, context);
        };
    if (!run(null, watermark, out, firing)) {
      context.timers().remove(domain, due); // skipped, so it must not come again
    }
  }

  /** Removes what has expired, if the time for that has come, and tells the function. */
  public void sweep(TimeDomain domain, long watermark, Outputs out) {
    Aging aging = context.agingOrNull();
    context.desk().time().watermark(watermark);
    if (aging == null || !aging.isDue(domain)) {
      return;
    }
    context.desk().timer(domain, aging.sweeps().due(domain), out);
    TurnContext.Work sweeping = () -> aging.sweep(domain, states);
    if (!run(null, watermark, out, sweeping)) {
      aging.tells(false); // skipped, so it must not come again
      turn(watermark, out, sweeping);
      aging.tells(hooks.expired());
    }
  }

  /** Tells the function that the input has ended. */
  public void endOfInput(Outputs out) {
    context.desk().element(Outputs.NO_TIMESTAMP, out);
    run(null, Long.MAX_VALUE, out, () -> function.onEndOfInput(context, context));
  }

  /** Reads what the next turn will read, and returns something of it. */
  public int fetch() {
    return context.fetch() + function.getClass().hashCode() + states.root().fetch();
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
    context.desk().element(Outputs.NO_TIMESTAMP, out);
    Throwable failure = turn(Long.MIN_VALUE, out, () -> call.on(function));
    return call.answer(failure, thrown -> definition.failure(key, " in " + call.label(), thrown));
  }

  /** Does to a state of this key what a broadcast element asked for, if the key holds it. */
  public void update(KeyedUpdate<?> update, long watermark, Outputs out) {
    if (states.hold(update.descriptor())) {
      context.desk().element(Outputs.NO_TIMESTAMP, out);
      run(update.element(), watermark, out, () -> update.apply(key, states, context.aging()));
    }
  }

  /**
   * Stamps entries that have no stamp and sets the sweep, as the first turn of a key does; nothing
   * else happens. What cannot be aged fails, even if the step skips.
   */
  public void age(long watermark) {
    Outputs nowhere = new Outputs();
    context.aging().unaged();
    context.desk().element(Outputs.NO_TIMESTAMP, nowhere);
    Throwable failure = turn(watermark, nowhere, () -> {});
    if (failure != null) {
      throw definition.failure(key, " while its entries were given a time to live", failure);
    }
  }

  /** Takes a turn; if it throws, the step's error policy decides. Tells whether it did not. */
  private boolean run(
      @Nullable Object element, long watermark, Outputs out, TurnContext.Work work) {
    Throwable failure = turn(watermark, out, work);
    if (failure != null) {
      definition.failed(key, element, failure, out);
    }
    return failure == null;
  }

  private @Nullable Throwable turn(long watermark, Outputs out, TurnContext.Work work) {
    return context.take(watermark, out, states, function, work);
  }

  /** Returns what changed since the last call; nothing if nothing did. */
  public List<Delta> takeDeltas() {
    List<Delta> deltas = context.takeDeltas();
    if (context.hasNamespaces()) {
      states.forgetEmpty();
    }
    return deltas;
  }

  /** Returns when the key is to be woken; {@link Long#MAX_VALUE} if by no timer and no sweep. */
  public long soonest(TimeDomain domain) {
    return context.soonest(domain);
  }

  /** Tells whether the key holds nothing and can be let go; never so of an operator. */
  public boolean isEmpty() {
    return contents().isEmpty();
  }

  /** Tells the same, knowing what was changed last: a key holds what it has written. */
  public boolean isEmpty(List<Delta> taken) {
    for (Delta delta : taken) {
      if (delta.value() != null) {
        return false;
      }
    }
    return isEmpty();
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
    return new Contents(states, context.timersOrNull(), context.agingOrNull());
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
