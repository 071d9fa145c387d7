package dev.keyling.persistence.savepoint;

import dev.keyling.KeyView;
import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.StepFailure;
import dev.keyling.persistence.StoreException;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.ValueStateDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One key of a savepoint, and what it holds, by the descriptors that the program has. A state that
 * is read with a time to live shows what had not expired when the checkpoint was complete; without
 * one it shows everything. For one thread, and only during the visit.
 *
 * <p>A state that is stored as another kind or type than its descriptor says is refused with a
 * {@link StoreException} that names step, key and state.
 */
public final class SavedKey<K> {
  private final SavedKeys<K> keys;
  private final StoredImage stored;
  private final K key;
  private @Nullable KeyCell<K, Consumer<KeyedStateStore>, Object> cell;

  SavedKey(SavedKeys<K> keys, StoredImage stored, K key) {
    this.keys = keys;
    this.stored = stored;
    this.key = key;
  }

  public K key() {
    return key;
  }

  /** Returns the value; the descriptor's default, or null, if there is none. */
  public <T> @Nullable T get(ValueStateDescriptor<T> state) {
    return read(states -> states.getState(state).value());
  }

  /** Returns the elements; none if there is no list. */
  public <T> List<T> get(ListStateDescriptor<T> state) {
    List<T> elements = new ArrayList<>();
    read(
        states -> {
          states.getListState(state).get().forEach(elements::add);
          return null;
        });
    return elements;
  }

  /** Returns the entries in the order that the job sees; none if there is no map. */
  public <UK, UV> Map<UK, @Nullable UV> get(MapStateDescriptor<UK, UV> state) {
    Map<UK, @Nullable UV> entries = new LinkedHashMap<>();
    read(
        states -> {
          states.getMapState(state).entries().forEach(e -> entries.put(e.getKey(), e.getValue()));
          return null;
        });
    return entries;
  }

  /** Returns the reduced value; null if there is none. */
  public <T> @Nullable T get(ReducingStateDescriptor<T> state) {
    return read(states -> states.getReducingState(state).get());
  }

  /** Returns the result of the accumulator; null if there is none. */
  public <I, A, O> @Nullable O get(AggregatingStateDescriptor<I, A, O> state) {
    return read(states -> states.getAggregatingState(state).get());
  }

  /**
   * Returns everything that the key holds, timers included, as values that can be written as JSON.
   */
  public KeyView view() {
    return keys.view(stored, key);
  }

  private <T> @Nullable T read(Function<KeyedStateStore, @Nullable T> reader) {
    List<@Nullable T> found = new ArrayList<>(1);
    try {
      KeyCell<K, Consumer<KeyedStateStore>, Object> live = cell;
      if (live == null) {
        live = keys.cell(key, stored.image());
        cell = live;
      }
      live.element(
          states -> found.add(reader.apply(states)),
          Outputs.NO_TIMESTAMP,
          keys.watermark(),
          new Outputs());
    } catch (StepFailure e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
    return found.get(0);
  }
}
