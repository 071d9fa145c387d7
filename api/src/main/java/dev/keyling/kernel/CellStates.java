package dev.keyling.kernel;

import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The states of one live key, by name. */
final class CellStates implements KeyedStateStore {
  private final StepDefinition<?, ?, ?> definition;
  private final Turns turns;
  private final Map<String, StateHandle> handles = new LinkedHashMap<>(2);

  /** The values of {@code handles}: looked through after every turn, so in one place. */
  private StateHandle[] declared = {};

  /** What the image holds of states that the function has not declared (yet); kept as it is. */
  private final Map<String, SortedMap<EntryKey, EntryValue>> undeclared;

  CellStates(StepDefinition<?, ?, ?> definition, Turns turns, Image image) {
    this.definition = definition;
    this.turns = turns;
    this.undeclared = image.isEmpty() ? Collections.emptyMap() : byName(image);
  }

  private static Map<String, SortedMap<EntryKey, EntryValue>> byName(Image image) {
    Map<String, SortedMap<EntryKey, EntryValue>> byName = new LinkedHashMap<>();
    image
        .entries()
        .forEach(
            (key, value) -> {
              if (!key.isTimer()) {
                byName
                    .computeIfAbsent(key.stateParts().name(), name -> new TreeMap<>())
                    .put(key, value);
              }
            });
    return byName;
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> d) {
    return handle(
        d, ValueHandle.class, state -> new ValueHandle<>(turns, d, slot(state, d.getType())));
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> d) {
    return handle(
        d,
        ListHandle.class,
        state -> new ListHandle<>(turns, state.names, d.getElementType(), state.stored));
  }

  @Override
  public <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> d) {
    return handle(
        d, MapHandle.class, state -> new MapHandle<>(turns, state.names, d, state.stored));
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> d) {
    return handle(
        d, ReducingHandle.class, state -> new ReducingHandle<>(turns, d, slot(state, d.getType())));
  }

  @Override
  public <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
      AggregatingStateDescriptor<IN, ACC, OUT> d) {
    return handle(
        d,
        AggregatingHandle.class,
        state -> new AggregatingHandle<>(turns, d, slot(state, d.getAccumulatorType())));
  }

  private record Declared(StateEntries names, SortedMap<EntryKey, EntryValue> stored) {}

  private static <T> Slot<T> slot(Declared state, TypeInformation<T> type) {
    EntryKey key = state.names.single();
    return new Slot<>(key, type, state.stored.get(key));
  }

  @SuppressWarnings("unchecked") // the description of kind and types has been compared
  private <H> H handle(
      StateDescriptor<?> descriptor, Class<?> kind, Function<Declared, StateHandle> make) {
    StateEntries names = definition.entriesOf(descriptor);
    StateHandle handle = handles.get(names.name());
    if (handle == null) {
      SortedMap<EntryKey, EntryValue> stored = undeclared.get(names.name());
      requireKind(names, stored);
      try {
        handle = make.apply(new Declared(names, stored == null ? new TreeMap<>() : stored));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s: what is stored of the state \"%s\" cannot be read as %s: %s"
                .formatted(definition.where(), names.name(), names.description(), e.getMessage()),
            e);
      }
      handles.put(names.name(), handle);
      declared = handles.values().toArray(StateHandle[]::new);
      if (stored != null) {
        undeclared.remove(names.name());
      }
    }
    return (H) kind.cast(handle);
  }

  /** Refuses to read what is stored of another kind of state; nothing is overwritten. */
  private void requireKind(StateEntries names, @Nullable SortedMap<EntryKey, EntryValue> stored) {
    if (stored == null) {
      return;
    }
    StateKind was = stored.firstKey().stateParts().kind();
    if (was != names.kind()) {
      throw new IllegalArgumentException(
          "%s: the state \"%s\" is stored as %s state and now declared as %s; give the new one another name"
              .formatted(
                  definition.where(),
                  names.name(),
                  was.name().toLowerCase(Locale.ROOT),
                  names.description()));
    }
  }

  boolean holdNothing() {
    for (StateHandle handle : declared) {
      if (!handle.holdsNothing()) {
        return false;
      }
    }
    return undeclared.isEmpty();
  }

  int numEntries() {
    return handles.values().stream().mapToInt(StateHandle::numEntries).sum();
  }

  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    undeclared.values().forEach(entries -> entries.forEach(sink));
    handles.values().forEach(handle -> handle.entries(sink));
  }

  Map<String, Object> view() {
    Map<String, Object> view = new TreeMap<>();
    handles.forEach(
        (name, handle) -> {
          if (!handle.holdsNothing()) {
            view.put(name, handle.view());
          }
        });
    return view;
  }
}
