package dev.keyling.kernel;

import dev.keyling.KeyView;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.time.TimeDomain;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of one key of one step: an image, the user's function on it, and the turns that the
 * key takes. Each element, timer or end of input is one turn; a turn that throws leaves no trace.
 * Used by one thread at a time. Everything that a key can experience goes through here.
 */
public final class KeyCell<K, I, O> implements Turns, AutoCloseable {
  private final StepDefinition<K, I, O> definition;
  private final K key;
  private final CellStates states;
  private final CellTimers timers;
  private final TurnContext<K, O> context;
  private final KeyedProcessFunction<K, I, O> function;

  /** States that the turn at hand has changed, and those changed since the deltas were taken. */
  private @Nullable StateHandle touched;

  private @Nullable StateHandle changed;
  private long epoch;
  private boolean inTurn;

  /**
   * Wakes a key: makes the user's function, on the given image.
   *
   * @throws RuntimeException what the factory throws
   */
  public KeyCell(
      StepDefinition<K, I, O> definition,
      K key,
      int keyGroup,
      int attempt,
      InstantSource clock,
      Image image) {
    this.definition = definition;
    this.key = key;
    this.states = new CellStates(definition, this, image);
    this.timers = new CellTimers(this, clock, image);
    this.context = new TurnContext<>(definition, key, this, timers);
    this.function =
        definition.factory().apply(new CellContext(definition, keyGroup, attempt, clock, states));
  }

  /** A turn's work. */
  private interface Turn {
    void run() throws Exception;
  }

  /**
   * Sets the epoch of the turns to come: what is committed together. Only a hint for lists, whose
   * open end is rewritten within an epoch.
   */
  public void epoch(long newEpoch) {
    epoch = newEpoch;
  }

  /**
   * Handles one element.
   *
   * @param timestamp {@link Outputs#NO_TIMESTAMP} if it has none
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void element(I value, long timestamp, long watermark, Outputs out) {
    context.element(timestamp, out);
    Throwable failure =
        turn(watermark, out, () -> function.processElement(value, context, context));
    if (failure != null) {
      definition.failed(key, value, failure, out);
    }
  }

  /**
   * Fires the event timers up to the watermark, ascending, those included that the firing ones set.
   *
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void advanceWatermark(long watermark, Outputs out) {
    for (long due; (due = soonest(TimeDomain.EVENT_TIME)) <= watermark && hasTimers(); ) {
      fire(TimeDomain.EVENT_TIME, due, watermark, out);
    }
  }

  private boolean hasTimers() {
    return !timers.of(TimeDomain.EVENT_TIME).isEmpty();
  }

  /**
   * Fires the processing-time timers that are due now, ascending; those that they set wait for the
   * next call.
   *
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void advanceProcessingTime(long now, long watermark, Outputs out) {
    for (long time : timers.of(TimeDomain.PROCESSING_TIME).toArray()) {
      if (time <= now && timers.of(TimeDomain.PROCESSING_TIME).contains(time)) {
        fire(TimeDomain.PROCESSING_TIME, time, watermark, out);
      }
    }
  }

  /**
   * Fires one timer, which must be set.
   *
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void fire(TimeDomain domain, long time, long watermark, Outputs out) {
    context.timer(domain, time, out);
    Throwable failure =
        turn(
            watermark,
            out,
            () -> {
              timers.remove(domain, time);
              function.onTimer(time, context, context);
            });
    if (failure != null) {
      definition.failed(key, null, failure, out);
      timers.remove(domain, time); // skipped, so it must not come again
    }
  }

  /**
   * Tells the function that the input has ended.
   *
   * @throws StepFailure if the function throws and the step does not skip
   */
  public void endOfInput(Outputs out) {
    context.element(Outputs.NO_TIMESTAMP, out);
    Throwable failure = turn(Long.MAX_VALUE, out, () -> function.onEndOfInput(context, context));
    if (failure != null) {
      definition.failed(key, null, failure, out);
    }
  }

  /** Tells whether the function does anything at the end of input. */
  public boolean awaitsEndOfInput() {
    return EndOfInput.isAwaitedBy(function.getClass());
  }

  private @Nullable Throwable turn(long watermark, Outputs out, Turn work) {
    int mark = out.size();
    timers.beginTurn(watermark);
    inTurn = true;
    try {
      work.run();
      end(true);
      return null;
    } catch (Throwable e) { // an Error of one key must not take the others with it
      end(false);
      timers.undo();
      out.truncate(mark);
      return e;
    }
  }

  private void end(boolean commit) {
    inTurn = false;
    StateHandle state = touched;
    touched = null;
    while (state != null) {
      StateHandle next = state.nextTouched;
      state.nextTouched = null;
      state.endTurn(commit);
      state = next;
    }
  }

  /** Returns what changed since the last call; nothing if nothing did. */
  public List<Delta> takeDeltas() {
    List<Delta> deltas = new ArrayList<>(2);
    StateHandle state = changed;
    changed = null;
    while (state != null) {
      StateHandle next = state.nextChanged;
      state.nextChanged = null;
      state.takeDeltas(epoch, deltas::add);
      state = next;
    }
    timers.takeDeltas(deltas::add);
    return deltas;
  }

  /** Returns the time of the earliest timer; {@link Long#MAX_VALUE} if there is none. */
  public long soonest(TimeDomain domain) {
    return timers.of(domain).first();
  }

  /** Tells whether the key holds no state and no timer. */
  public boolean isEmpty() {
    return timers.isEmpty() && states.holdNothing();
  }

  /**
   * Returns everything that the key holds, as it is now. Always equals the image that it was woken
   * with plus all deltas since.
   */
  public Image image() {
    TreeMap<EntryKey, EntryValue> entries = new TreeMap<>();
    states.entries(entries::put);
    timers.entries(entries::put);
    return Image.of(entries);
  }

  /** Returns what the key holds, readable by people. */
  public KeyView view() {
    return new KeyView(
        definition.dataflow(), definition.stepId(), key, states.view(), Map.of(), timers.view());
  }

  /** Returns the number of state entries. */
  public int numEntries() {
    return states.numEntries();
  }

  /** Returns the number of timers. */
  public int numTimers(TimeDomain domain) {
    return timers.of(domain).size();
  }

  @Override
  public void close() {
    function.close();
  }

  @Override
  public void check() {
    if (!inTurn) {
      throw new IllegalStateException(
          definition.where()
              + ": states, timers and the context can be used only while an element or timer of"
              + " their key is handled");
    }
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public void touched(StateHandle state) {
    state.nextTouched = touched;
    touched = state;
  }

  @Override
  public void changed(StateHandle state) {
    state.nextChanged = changed;
    changed = state;
  }
}
