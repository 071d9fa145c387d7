package dev.keyling.kernel;

import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateFunctionException;
import org.jspecify.annotations.Nullable;

/** A live {@link ReducingState}. */
final class ReducingHandle<T> extends SingleHandle<T> implements ReducingState<T> {
  private final ReducingStateDescriptor<T> descriptor;

  ReducingHandle(
      Turns turns,
      ReducingStateDescriptor<T> descriptor,
      EntryKey key,
      @Nullable EntryValue stored) {
    super(turns, descriptor, key, descriptor.getType(), stored);
    this.descriptor = descriptor;
  }

  @Override
  public @Nullable T get() {
    return read();
  }

  @Override
  public void add(@Nullable T value) {
    changing();
    T before = value == null ? null : alive();
    write(before == null || value == null ? value : reduce(before, value));
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
    write(null);
  }
}
