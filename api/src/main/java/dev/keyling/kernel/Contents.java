package dev.keyling.kernel;

import dev.keyling.KeyView;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a live key holds: states, timers, sweeps. */
record Contents(CellStates states, @Nullable CellTimers timers, @Nullable Aging aging) {

  boolean isEmpty() {
    return (timers == null || timers.isEmpty())
        && (aging == null || aging.sweeps().isEmpty())
        && states.holdNothing();
  }

  Image image() {
    TreeMap<EntryKey, EntryValue> entries = new TreeMap<>();
    states.entries(entries::put);
    if (timers != null) {
      timers.entries(entries::put);
    }
    if (aging != null) {
      aging.sweeps().entries(entries::put);
    }
    return Image.of(entries);
  }

  KeyView view(StepDefinition<?, ?, ?> definition, Object key) {
    return new KeyView(
        definition.dataflow(),
        definition.stepId(),
        key,
        states.view(),
        states.lastAccess(),
        timers == null ? List.of() : timers.view(),
        aging == null ? List.of() : aging.sweeps().view());
  }
}
