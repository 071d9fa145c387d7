package dev.keyling.state;

import dev.keyling.function.AggregateFunction;

/** Describes an {@link AggregatingState}. */
public final class AggregatingStateDescriptor<IN, ACC, OUT>
    extends StateDescriptor<AggregatingState<IN, OUT>> {
  private final AggregateFunction<IN, ACC, OUT> aggregateFunction;
  private final TypeInformation<ACC> accumulatorType;

  public AggregatingStateDescriptor(
      String name,
      AggregateFunction<IN, ACC, OUT> aggregateFunction,
      TypeInformation<ACC> accumulatorType) {
    super(name);
    this.aggregateFunction = aggregateFunction;
    this.accumulatorType = accumulatorType;
  }

  public AggregatingStateDescriptor(
      String name, AggregateFunction<IN, ACC, OUT> aggregateFunction, Class<ACC> accumulatorType) {
    this(name, aggregateFunction, Types.of(accumulatorType));
  }

  /** Returns the function that feeds and reads the accumulator. */
  public AggregateFunction<IN, ACC, OUT> getAggregateFunction() {
    return aggregateFunction;
  }

  /** Returns the type of the accumulator, which is what is stored. */
  public TypeInformation<ACC> getAccumulatorType() {
    return accumulatorType;
  }

  @Override
  public String describe() {
    return "AggregatingState<" + accumulatorType.describe() + ">";
  }
}
