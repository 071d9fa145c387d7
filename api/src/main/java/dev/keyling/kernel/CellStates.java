package dev.keyling.kernel;

import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.StateNamespaces;
import dev.keyling.time.TimeDomain;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The states of one live key: those that the function declares, and those in other namespaces. */
final class CellStates implements StateNamespaces {
  private final StepDefinition<?, ?, ?> definition;
  private final Turns turns;
  private final Scope root;

  /** By namespace; few keys have any. */
  private Map<ByteBuffer, Scope> others = Map.of();

  private OperatorCall.@Nullable Begin begin;

  CellStates(StepDefinition<?, ?, ?> definition, Turns turns, Image image) {
    this.definition = definition;
    this.turns = turns;
    Map<ByteBuffer, Map<String, SortedMap<EntryKey, EntryValue>>> stored = byNamespace(image);
    Map<String, SortedMap<EntryKey, EntryValue>> own =
        stored.remove(ByteBuffer.wrap(EntryKey.NOTHING));
    LeftOver leftOver = new LeftOver(definition, own == null ? Map.of() : own).waking();
    root = Scope.of(definition, turns, EntryKey.NOTHING, leftOver);
    stored.forEach((namespace, states) -> add(namespace, states));
  }

  private static Map<ByteBuffer, Map<String, SortedMap<EntryKey, EntryValue>>> byNamespace(
      Image image) {
    Map<ByteBuffer, Map<String, SortedMap<EntryKey, EntryValue>>> stored = new HashMap<>(2);
    image
        .entries()
        .forEach(
            (key, value) -> {
              if (key.isState()) {
                EntryKey.StateParts parts = key.stateParts();
                stored
                    .computeIfAbsent(ByteBuffer.wrap(parts.namespace()), n -> new LinkedHashMap<>())
                    .computeIfAbsent(parts.name(), name -> new TreeMap<>())
                    .put(key, value);
              }
            });
    return stored;
  }

  private Scope add(ByteBuffer namespace, Map<String, SortedMap<EntryKey, EntryValue>> stored) {
    if (others.isEmpty()) {
      others = new TreeMap<>();
      turns.namespaceOpened();
    }
    Scope scope = Scope.of(definition, turns, namespace.array(), new LeftOver(definition, stored));
    others.put(namespace, scope);
    return scope;
  }

  /** Returns the states outside of any namespace. */
  Scope root() {
    return root;
  }

  /** An operator is told something: keeps what it begins with. */
  void called(OperatorCall call) {
    if (call instanceof OperatorCall.Begin first) {
      begin = first;
    }
  }

  OperatorCall.Begin begin() {
    return Objects.requireNonNull(begin, "the operator has not begun");
  }

  /** Returns a list of an operator that begins with the items of all partitions. */
  <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) {
    return root.getUnionListState(descriptor, begin().union());
  }

  /** Returns the items of union lists before the function begins, encoded, by name. */
  Map<String, List<byte[]>> unionItems() {
    return root.leftOver().unionItems();
  }

  @Override
  public KeyedStateStore in(byte[] namespace) {
    return scope(namespace);
  }

  private Scope scope(byte[] namespace) {
    if (namespace.length == 0) {
      return root;
    }
    ByteBuffer name = ByteBuffer.wrap(namespace.clone());
    Scope scope = others.get(name);
    return scope != null ? scope : add(name, new HashMap<>());
  }

  @Override
  public void merge(StateDescriptor<?> state, byte[] target, Collection<byte[]> sources) {
    Scope into = scope(target);
    for (byte[] source : sources) {
      Scope from = scope(source);
      if (from != into) {
        Merging.merge(into.declare(state), from.declare(state), state, definition);
      }
    }
  }

  /** Returns the state of the descriptor, whatever kind it is of. */
  @SuppressWarnings("unchecked") // a descriptor's kind is its state's
  <S extends State> S get(StateDescriptor<S> descriptor) {
    return (S) root.declare(descriptor);
  }

  /** Tells whether there is anything in the state of this name. */
  boolean hold(StateDescriptor<?> descriptor) {
    return root.holds(descriptor.getName());
  }

  /** An operator's always count as something: its plain fields last as long as the attempt. */
  boolean holdNothing() {
    if (definition.isOperator() || !root.holdsNothing()) {
      return false;
    }
    for (Scope scope : others.values()) {
      if (!scope.holdsNothing()) {
        return false;
      }
    }
    return true;
  }

  /** Lets go of namespaces in which nothing is left. To be called when deltas have been taken. */
  void forgetEmpty() {
    if (!others.isEmpty()) {
      others.values().removeIf(Scope::holdsNothing);
    }
  }

  /**
   * Stamps entries that have no stamp, and finds what is to be swept.
   *
   * @param removing the domain of the states whose expired entries are removed, or null for none
   */
  void age(@Nullable TimeDomain removing) {
    for (Scope scope : scopes()) {
      declareKnown(scope, state -> state.getTtlConfig().isEnabled());
      for (StateHandle handle : scope.handles()) {
        Lifetime life = handle.lifetime;
        if (life != null) {
          handle.age(life, life.domain() == removing);
        }
      }
    }
  }

  /** Declares stored states that another key of the step has declared. */
  private void declareKnown(Scope scope, Predicate<StateDescriptor<?>> wanted) {
    for (String name : new ArrayList<>(scope.leftOver().names())) {
      definition
          .declared(name)
          .<StateDescriptor<?>>map(StateEntries::descriptor)
          .filter(wanted)
          .ifPresent(scope::declare);
    }
  }

  private List<Scope> scopes() {
    List<Scope> scopes = new ArrayList<>(1 + others.size());
    scopes.add(root);
    scopes.addAll(others.values());
    return scopes;
  }

  int numEntries() {
    return scopes().stream().mapToInt(Scope::numEntries).sum();
  }

  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    scopes().forEach(scope -> scope.entries(sink));
  }

  Map<String, Object> view() {
    Map<String, Object> view = new TreeMap<>();
    each(
        (name, handle) -> {
          if (!handle.holdsNothing()) {
            view.put(name, handle.view());
          }
        });
    return view;
  }

  /** Returns when states with a TTL were last stamped. */
  Map<String, Instant> lastAccess() {
    Map<String, Instant> view = new TreeMap<>();
    each(
        (name, handle) ->
            handle.stamps(
                stamp -> view.merge(name, Instant.ofEpochMilli(stamp), CellStates::later)));
    return view;
  }

  private void each(BiConsumer<String, StateHandle> action) {
    for (Scope scope : scopes()) {
      declareKnown(scope, state -> true);
      for (StateHandle handle : scope.handles()) {
        action.accept(scope.shown(handle.name()), handle);
      }
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
