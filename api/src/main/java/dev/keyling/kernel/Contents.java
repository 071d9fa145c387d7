package dev.keyling.kernel;

import dev.keyling.KeyView;
import java.util.TreeMap;

/** What a live key holds: states, timers, sweeps. */
record Contents(CellStates states, CellTimers timers, CellSweeps sweeps) {

  boolean isEmpty() {
    return timers.isEmpty() && sweeps.isEmpty() && states.holdNothing();
  }

  Image image() {
    TreeMap<EntryKey, EntryValue> entries = new TreeMap<>();
    states.entries(entries::put);
    timers.entries(entries::put);
    sweeps.entries(entries::put);
    return Image.of(entries);
  }

  KeyView view(StepDefinition<?, ?, ?> definition, Object key) {
    return new KeyView(
        definition.dataflow(),
        definition.stepId(),
        key,
        states.view(),
        states.lastAccess(),
        timers.view(),
        sweeps.view());
  }
}
