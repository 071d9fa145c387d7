package dev.keyling.window;

import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All elements and their timestamps, out of which an evictor takes some when the window fires. */
record Evicted<T, W extends Window>(ListStateDescriptor<T> state, Evictor<T, ? super W> evictor)
    implements Contents<T, T, W> {
  private static final ListStateDescriptor<Long> TIMESTAMPS =
      new ListStateDescriptor<>("window.timestamps", Types.LONG);

  Evicted(TypeInformation<T> type, Evictor<T, ? super W> evictor) {
    this(new ListStateDescriptor<>("window.contents", type), evictor);
  }

  /** Keeps all elements; their timestamps too, if there is an evictor. */
  static <T, W extends Window> Contents<T, T, W> of(
      TypeInformation<T> type, @Nullable Evictor<T, ? super W> evictor) {
    return evictor == null ? new Listed<>(type) : new Evicted<>(type, evictor);
  }

  @Override
  public void add(KeyedStateStore pane, T value, long timestamp) {
    pane.getListState(state).add(value);
    pane.getListState(TIMESTAMPS).add(timestamp);
  }

  @Override
  public void fire(KeyedStateStore pane, W window, Taker<T> taker) throws Exception {
    List<TimestampedValue<T>> elements = elements(pane);
    int size = elements.size();
    if (size == 0) {
      return;
    }
    evictor.evictBefore(elements, window);
    taker.take(elements.stream().map(TimestampedValue::value).toList());
    evictor.evictAfter(elements, window);
    if (elements.size() != size) {
      pane.getListState(state).update(elements.stream().map(TimestampedValue::value).toList());
      pane.getListState(TIMESTAMPS).update(elements.stream().map(Evicted::stored).toList());
    }
  }

  private List<TimestampedValue<T>> elements(KeyedStateStore pane) {
    List<TimestampedValue<T>> elements = new ArrayList<>();
    Iterator<Long> timestamps = pane.getListState(TIMESTAMPS).get().iterator();
    for (T value : pane.getListState(state).get()) {
      long timestamp = timestamps.hasNext() ? timestamps.next() : Long.MIN_VALUE;
      elements.add(new TimestampedValue<>(value, timestamp == Long.MIN_VALUE ? null : timestamp));
    }
    return elements;
  }

  private static long stored(TimestampedValue<?> element) {
    Long timestamp = element.timestamp();
    return timestamp == null ? Long.MIN_VALUE : timestamp;
  }

  @Override
  public void clear(KeyedStateStore pane) {
    pane.getListState(state).clear();
    pane.getListState(TIMESTAMPS).clear();
  }

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(state, TIMESTAMPS);
  }
}
