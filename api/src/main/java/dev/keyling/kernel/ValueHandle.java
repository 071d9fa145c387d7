package dev.keyling.kernel;

import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** A live {@link ValueState}. */
final class ValueHandle<T> extends SingleHandle<T> implements ValueState<T> {
  private final ValueStateDescriptor<T> descriptor;

  ValueHandle(
      Turns turns, ValueStateDescriptor<T> descriptor, EntryKey key, @Nullable EntryValue stored) {
    super(turns, descriptor, key, descriptor.getType(), stored);
    this.descriptor = descriptor;
  }

  @Override
  public @Nullable T value() {
    T value = read();
    return value != null || lifetime != null ? value : descriptor.getDefaultValue();
  }

  @Override
  public void update(@Nullable T value) {
    write(value);
  }

  @Override
  public void clear() {
    write(null);
  }
}
