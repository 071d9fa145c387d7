package dev.keyling.kernel;

import dev.keyling.function.AggregateFunction;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import org.jspecify.annotations.Nullable;

/** A live {@link AggregatingState}; what it stores is the accumulator. */
final class AggregatingHandle<IN, ACC, OUT> extends SingleHandle<ACC>
    implements AggregatingState<IN, OUT> {
  private final AggregateFunction<IN, ACC, OUT> aggregate;

  AggregatingHandle(
      Turns turns,
      AggregatingStateDescriptor<IN, ACC, OUT> descriptor,
      EntryKey key,
      @Nullable EntryValue stored) {
    super(turns, descriptor, key, descriptor.getAccumulatorType(), stored);
    this.aggregate = descriptor.getAggregateFunction();
  }

  @Override
  public @Nullable OUT get() {
    ACC accumulator = read();
    return accumulator == null ? null : aggregate.getResult(accumulator);
  }

  @Override
  public void add(@Nullable IN value) {
    changing();
    if (value == null) {
      write(null);
      return;
    }
    ACC accumulator = alive();
    write(aggregate.add(value, accumulator == null ? aggregate.createAccumulator() : accumulator));
  }

  /** Takes over what another state of the same kind has aggregated. */
  void merge(AggregatingHandle<IN, ACC, OUT> other) {
    changing();
    ACC theirs = other.alive();
    if (theirs != null) {
      ACC ours = alive();
      write(ours == null ? theirs : aggregate.merge(ours, theirs));
    }
  }

  /** Gives what {@link #get} would have given. */
  @Override
  @Nullable Object shown(ACC stored) {
    return aggregate.getResult(stored);
  }

  @Override
  public void clear() {
    write(null);
  }
}
