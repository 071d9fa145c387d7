package dev.keyling.kernel;

import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateFunctionException;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A live {@link ReducingState}. */
final class ReducingHandle<T> extends StateHandle implements ReducingState<T> {
  private final ReducingStateDescriptor<T> descriptor;
  private final Slot<T> slot;

  ReducingHandle(Turns turns, ReducingStateDescriptor<T> descriptor, Slot<T> slot) {
    super(turns);
    this.descriptor = descriptor;
    this.slot = slot;
  }

  @Override
  public @Nullable T get() {
    reading();
    return slot.get();
  }

  @Override
  public void add(@Nullable T value) {
    changing();
    T before = value == null ? null : slot.get();
    slot.set(before == null || value == null ? value : reduce(before, value));
  }

  private T reduce(T before, T value) {
    try {
      return descriptor.getReduceFunction().reduce(before, value);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new StateFunctionException(descriptor.getName(), e);
    }
  }

  @Override
  public void clear() {
    add(null);
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
