package dev.keyling.kernel;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.time.TimeDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The states for whose time to live all keys of a key group are known to be aged: their entries
 * have stamps, and their sweeps are set. Kept in the image of the {@link GroupKey}. Immutable.
 */
public final class AgedStates {
  /** Of a key group that has never heard of a time to live. */
  public static final AgedStates NONE = new AgedStates(Map.of());

  private final Map<String, Life> states;

  private record Life(TimeDomain domain, long ttl) {

    /** A sweep that comes too early sets the next one, so a longer life is provided for. */
    boolean providesFor(Life other) {
      return domain == other.domain && ttl <= other.ttl;
    }

    EntryValue encoded() {
      ByteWriter writer = new ByteWriter();
      writer.writeByte(domain.ordinal());
      writer.writeLong(ttl);
      return EntryValue.stored(writer.toByteArray());
    }

    static Life of(EntryValue stored) {
      ByteReader reader = new ByteReader(stored.bytes());
      return new Life(TimeDomain.values()[reader.readByte()], reader.readLong());
    }
  }

  private AgedStates(Map<String, Life> states) {
    this.states = states;
  }

  /** Reads what a key group keeps under its {@link GroupKey}. */
  public static AgedStates stored(Image image) {
    Map<String, Life> states = new TreeMap<>();
    image
        .entries()
        .forEach(
            (entry, value) -> {
              if (entry.isAgedState()) {
                states.put(entry.agedState(), Life.of(value));
              }
            });
    return new AgedStates(states);
  }

  /**
   * Returns what this becomes when all keys are aged for the states that have been declared. States
   * that nobody has declared stay: nothing has been written to them.
   *
   * @param hasEventTime whether there is a watermark; without one nothing can be stamped by it
   */
  public AgedStates after(StepDefinition<?, ?, ?> step, boolean hasEventTime) {
    Map<String, Life> next = new TreeMap<>(states);
    for (StateEntries declared : step.declared()) {
      StateTtlConfig config = declared.descriptor().getTtlConfig();
      TimeDomain domain = Lifetime.domainOf(config);
      boolean hasTime = hasEventTime || domain != TimeDomain.EVENT_TIME;
      if (config.isEnabled() && config.isSwept() && hasTime) {
        next.put(declared.name(), new Life(domain, config.getTimeToLive().toMillis()));
      } else {
        next.remove(declared.name());
      }
    }
    return new AgedStates(next);
  }

  /** Returns what all of these are aged for; a state for which one is not is left out. */
  static AgedStates common(List<AgedStates> all) {
    if (all.isEmpty()) {
      return NONE;
    }
    Map<String, Life> states = new TreeMap<>(all.get(0).states);
    for (AgedStates each : all) {
      states.entrySet().retainAll(each.states.entrySet());
    }
    return new AgedStates(states);
  }

  /** Tells whether keys that are aged for this need not be aged for the other. */
  public boolean provideFor(AgedStates other) {
    for (Map.Entry<String, Life> state : other.states.entrySet()) {
      Life aged = states.get(state.getKey());
      if (aged == null || !aged.providesFor(state.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Returns what is to be changed in the stored form when this becomes another. */
  public List<Delta> changesTo(AgedStates next) {
    List<Delta> changes = new ArrayList<>(0);
    for (String state : states.keySet()) {
      if (!next.states.containsKey(state)) {
        changes.add(new Delta(EntryKey.agedState(state), null));
      }
    }
    next.states.forEach(
        (state, life) -> {
          if (!life.equals(states.get(state))) {
            changes.add(new Delta(EntryKey.agedState(state), life.encoded()));
          }
        });
    return changes;
  }
}
