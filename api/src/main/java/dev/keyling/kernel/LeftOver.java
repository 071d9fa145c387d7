package dev.keyling.kernel;

import dev.keyling.state.StateDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What an image holds of states that the function has not declared (yet), by name: kept as is. */
final class LeftOver {
  private final StepDefinition<?, ?, ?> definition;
  private final Map<String, SortedMap<EntryKey, EntryValue>> states;

  /** States that are stored otherwise than declared, while that may be; then null. */
  private @Nullable List<Misfit> misfits;

  LeftOver(
      StepDefinition<?, ?, ?> definition, Map<String, SortedMap<EntryKey, EntryValue>> states) {
    this.definition = definition;
    this.states = states;
  }

  /** Returns a copy, of which states may be asked for that are stored otherwise. */
  LeftOver copy() {
    return new LeftOver(definition, new LinkedHashMap<>(states)).waking();
  }

  /** From now on what is stored otherwise than declared is put aside; until the key is awake. */
  LeftOver waking() {
    misfits = new ArrayList<>(0);
    return this;
  }

  /** From now on a misfit is refused at once. Returns one that is left, or null. */
  @Nullable Misfit awake() {
    List<Misfit> found = misfits == null ? List.of() : misfits;
    misfits = null;
    for (Misfit misfit : found) {
      if (states.containsKey(misfit.name())) {
        return misfit;
      }
    }
    return null;
  }

  /** Takes the entries of a state that is declared now; null if there are none that can be read. */
  @Nullable SortedMap<EntryKey, EntryValue> take(
      StateDescriptor<?> descriptor, StateEntries names) {
    SortedMap<EntryKey, EntryValue> stored = states.get(names.name());
    if (stored == null || !fits(descriptor, names, stored)) {
      return null;
    }
    states.remove(names.name());
    return stored;
  }

  /** Tells whether what is stored can be read; if not, puts it aside or refuses it. */
  private boolean fits(
      StateDescriptor<?> descriptor, StateEntries names, SortedMap<EntryKey, EntryValue> stored) {
    Misfit misfit = Misfit.of(descriptor, names.kind(), stored);
    if (misfit == null) {
      return true;
    }
    if (misfits == null) {
      throw new IllegalArgumentException(definition.where() + ": " + misfit.message());
    }
    misfits.add(misfit);
    return false;
  }

  /** Removes what is no longer in a copy; returns the entries that are no more. */
  List<EntryKey> keepOnly(LeftOver copy) {
    List<EntryKey> removed = new ArrayList<>();
    states
        .entrySet()
        .removeIf(
            state -> {
              boolean gone = !copy.states.containsKey(state.getKey());
              return gone && removed.addAll(state.getValue().keySet());
            });
    return removed;
  }

  boolean isEmpty() {
    return states.isEmpty();
  }

  boolean holds(String name) {
    return states.containsKey(name);
  }

  Collection<String> names() {
    return states.keySet();
  }

  /** Returns the stored items of union lists, encoded, by name. */
  Map<String, List<byte[]>> unionItems() {
    Map<String, List<byte[]>> union = new TreeMap<>();
    states.forEach(
        (name, stored) -> {
          if (stored.firstKey().stateParts().kind() == StateKind.UNION) {
            List<byte[]> items = union.computeIfAbsent(name, unknown -> new ArrayList<>());
            stored.forEach(
                (key, value) -> {
                  for (EntryValue item : Chunk.stored(key, value).items()) {
                    items.add(item.bytes());
                  }
                });
          }
        });
    return union;
  }

  /** Returns how many entries there are: one per map entry, else one per state. */
  int numEntries() {
    int count = 0;
    for (SortedMap<EntryKey, EntryValue> stored : states.values()) {
      count += stored.firstKey().stateParts().kind() == StateKind.MAP ? stored.size() : 1;
    }
    return count;
  }

  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    states.values().forEach(entries -> entries.forEach(sink));
  }
}
