package dev.keyling.kernel;

import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A live {@link ValueState}. */
final class ValueHandle<T> extends StateHandle implements ValueState<T> {
  private final ValueStateDescriptor<T> descriptor;
  private final Slot<T> slot;

  ValueHandle(Turns turns, ValueStateDescriptor<T> descriptor, Slot<T> slot) {
    super(turns);
    this.descriptor = descriptor;
    this.slot = slot;
  }

  @Override
  public @Nullable T value() {
    reading();
    T value = slot.get();
    return value != null ? value : descriptor.getDefaultValue();
  }

  @Override
  public void update(@Nullable T value) {
    changing();
    slot.set(value);
  }

  @Override
  public void clear() {
    update(null);
  }

  @Override
  void save() {
    slot.save();
  }

  @Override
  void restore() {
    slot.restore();
  }

  @Override
  void deltas(long epoch, Consumer<Delta> sink) {
    slot.deltas(sink);
  }

  @Override
  void entries(BiConsumer<EntryKey, EntryValue> sink) {
    slot.entries(sink);
  }

  @Override
  boolean holdsNothing() {
    return slot.isEmpty();
  }

  @Override
  Object view() {
    return Objects.requireNonNull(slot.get());
  }

  @Override
  int numEntries() {
    return holdsNothing() ? 0 : 1;
  }
}
