package dev.keyling.kernel;

import dev.keyling.function.AggregateFunction;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A live {@link AggregatingState}; what it stores is the accumulator. */
final class AggregatingHandle<IN, ACC, OUT> extends StateHandle
    implements AggregatingState<IN, OUT> {
  private final AggregateFunction<IN, ACC, OUT> aggregate;
  private final Slot<ACC> slot;

  AggregatingHandle(
      Turns turns, AggregatingStateDescriptor<IN, ACC, OUT> descriptor, Slot<ACC> slot) {
    super(turns);
    this.aggregate = descriptor.getAggregateFunction();
    this.slot = slot;
  }

  @Override
  public @Nullable OUT get() {
    reading();
    ACC accumulator = slot.get();
    return accumulator == null ? null : aggregate.getResult(accumulator);
  }

  @Override
  public void add(@Nullable IN value) {
    changing();
    if (value == null) {
      slot.set(null);
      return;
    }
    ACC accumulator = slot.get();
    slot.set(
        aggregate.add(value, accumulator == null ? aggregate.createAccumulator() : accumulator));
  }

  @Override
  public void clear() {
    changing();
    slot.set(null);
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
