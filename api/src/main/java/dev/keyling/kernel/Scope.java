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
import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The states of one live key in one namespace, by name. */
final class Scope implements KeyedStateStore {
  private final StepDefinition<?, ?, ?> definition;
  private final Turns turns;
  private final byte[] namespace;
  private final BiFunction<StateKind, StateDescriptor<?>, StateEntries> naming;

  // Few, and looked through after every turn: a map of them for each key would take more than they.
  private StateEntries[] declaredNames = {};
  private StateHandle[] declared = {};

  private final LeftOver leftOver;

  private Scope(
      StepDefinition<?, ?, ?> definition,
      Turns turns,
      byte[] namespace,
      LeftOver stored,
      BiFunction<StateKind, StateDescriptor<?>, StateEntries> naming) {
    this.definition = definition;
    this.turns = turns;
    this.namespace = namespace;
    this.leftOver = stored;
    this.naming = naming;
  }

  static Scope of(
      StepDefinition<?, ?, ?> definition, Turns turns, byte[] namespace, LeftOver stored) {
    return new Scope(definition, turns, namespace, stored, definition::entriesOf);
  }

  /**
   * Returns a scope of what is left over here, to be declared as it was when it was stored. What is
   * declared otherwise is empty there.
   */
  Scope ofLeftOver(Turns reading) {
    Map<String, StateEntries> names = new HashMap<>();
    return new Scope(
        definition,
        reading,
        namespace,
        leftOver.copy(),
        (kind, state) ->
            names.computeIfAbsent(state.toString(), unknown -> new StateEntries(kind, state)));
  }

  /** Returns what nobody has declared. */
  LeftOver leftOver() {
    return leftOver;
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> d) {
    return handle(
        d, ValueHandle.class, state -> new ValueHandle<>(turns, d, state.key(), state.single()));
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> d) {
    return handle(
        d, ListHandle.class, state -> new ListHandle<>(turns, state::chunk, d, state.stored));
  }

  /**
   * Returns a list of an operator that begins with the items of all partitions.
   *
   * @param all encoded, by name of the list
   */
  <T> ListState<T> getUnionListState(ListStateDescriptor<T> d, Map<String, List<byte[]>> all) {
    return handle(
        StateKind.UNION,
        d,
        ListHandle.class,
        state -> {
          ListHandle<T> list = new ListHandle<>(turns, state::chunk, d, state.stored);
          List<byte[]> items = all.get(d.getName());
          if (items != null) {
            list.become(items);
          }
          return list;
        });
  }

  @Override
  public <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> d) {
    return handle(
        d,
        MapHandle.class,
        state -> new MapHandle<>(turns, entry -> state.key(entry), d, state.stored));
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> d) {
    return handle(
        d,
        ReducingHandle.class,
        state -> new ReducingHandle<>(turns, d, state.key(), state.single()));
  }

  @Override
  public <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
      AggregatingStateDescriptor<IN, ACC, OUT> d) {
    return handle(
        d,
        AggregatingHandle.class,
        state -> new AggregatingHandle<>(turns, d, state.key(), state.single()));
  }

  /** Declares a state of any kind. */
  State declare(StateDescriptor<?> descriptor) {
    if (descriptor instanceof ValueStateDescriptor<?> value) {
      return getState(value);
    } else if (descriptor instanceof ListStateDescriptor<?> list) {
      return getListState(list);
    } else if (descriptor instanceof MapStateDescriptor<?, ?> map) {
      return getMapState(map);
    } else if (descriptor instanceof ReducingStateDescriptor<?> reducing) {
      return getReducingState(reducing);
    }
    return getAggregatingState((AggregatingStateDescriptor<?, ?, ?>) descriptor);
  }

  private record Declared(
      StateEntries names, byte[] namespace, SortedMap<EntryKey, EntryValue> stored) {
    EntryKey key() {
      return names.single(namespace);
    }

    EntryKey key(byte[] entry) {
      return names.key(namespace, entry);
    }

    EntryKey chunk(long index) {
      return names.chunk(namespace, index);
    }

    @Nullable EntryValue single() {
      return stored.get(key());
    }
  }

  private <H> H handle(
      StateDescriptor<?> descriptor, Class<?> kind, Function<Declared, StateHandle> make) {
    return handle(StateKind.of(descriptor), descriptor, kind, make);
  }

  @SuppressWarnings("unchecked") // the description of kind and types has been compared
  private <H> H handle(
      StateKind stateKind,
      StateDescriptor<?> descriptor,
      Class<?> kind,
      Function<Declared, StateHandle> make) {
    StateEntries names = naming.apply(stateKind, descriptor);
    for (int i = 0; i < declared.length; i++) {
      if (declaredNames[i] == names) {
        declared[i].requireSameTtl(descriptor, definition);
        return (H) kind.cast(declared[i]);
      }
    }
    return (H) kind.cast(declare(descriptor, names, make));
  }

  private StateHandle declare(
      StateDescriptor<?> descriptor, StateEntries names, Function<Declared, StateHandle> make) {
    SortedMap<EntryKey, EntryValue> stored = leftOver.take(descriptor, names);
    StateHandle handle =
        make.apply(new Declared(names, namespace, stored == null ? new TreeMap<>() : stored));
    int count = declared.length;
    declaredNames = Arrays.copyOf(declaredNames, count + 1);
    declared = Arrays.copyOf(declared, count + 1);
    declaredNames[count] = names;
    declared[count] = handle;
    if (stored != null && handle.lifetime != null) {
      turns.aging().unaged();
    }
    return handle;
  }

  int fetch() {
    int read = 0;
    for (StateHandle handle : declared) {
      read += handle.fetch();
    }
    return read;
  }

  boolean holds(String name) {
    for (StateHandle handle : declared) {
      if (handle.name().equals(name)) {
        return !handle.holdsNothing();
      }
    }
    return leftOver.holds(name);
  }

  boolean holdsNothing() {
    for (StateHandle handle : declared) {
      if (!handle.holdsNothing()) {
        return false;
      }
    }
    return leftOver.isEmpty();
  }

  Collection<StateHandle> handles() {
    return List.of(declared);
  }

  /** Returns how a state of this namespace is called in views. */
  String shown(String name) {
    return namespace.length == 0 ? name : name + "@" + HexFormat.of().formatHex(namespace);
  }

  /** Returns how many entries there are, those that nobody has declared included. */
  int numEntries() {
    int count = leftOver.numEntries();
    for (StateHandle handle : declared) {
      count += handle.numEntries();
    }
    return count;
  }

  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    leftOver.entries(sink);
    for (StateHandle handle : declared) {
      handle.entries(sink);
    }
  }
}
