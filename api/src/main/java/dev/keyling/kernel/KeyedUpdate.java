package dev.keyling.kernel;

import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.time.TimeDomain;
import java.util.function.BiConsumer;

/**
 * What a broadcast element asked to be done to a state of every key of its key group.
 *
 * @param element the broadcast element
 */
public record KeyedUpdate<S extends State>(
    Object element, StateDescriptor<S> descriptor, BiConsumer<Object, S> function) {

  /** Keys take their turns in threads of their own; the user's function need not know. */
  synchronized void apply(Object key, CellStates states, Aging aging) {
    if (descriptor.getTtlConfig().isEnabled()) { // what is expired is not held
      boolean byWatermark =
          descriptor.getTtlConfig().getTtlTimeCharacteristic() == TtlTimeCharacteristic.EventTime;
      aging.sweep(byWatermark ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME, states);
    }
    S state = states.get(descriptor);
    if (states.hold(descriptor)) {
      function.accept(key, state);
    }
  }
}
