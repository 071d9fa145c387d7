package dev.keyling.state;

import dev.keyling.function.ReduceFunction;

/** Describes a {@link ReducingState}. */
public final class ReducingStateDescriptor<T> extends StateDescriptor<ReducingState<T>> {
  private final ReduceFunction<T> reduceFunction;
  private final TypeInformation<T> type;

  public ReducingStateDescriptor(
      String name, ReduceFunction<T> reduceFunction, TypeInformation<T> type) {
    super(name);
    this.reduceFunction = reduceFunction;
    this.type = type;
  }

  public ReducingStateDescriptor(String name, ReduceFunction<T> reduceFunction, Class<T> type) {
    this(name, reduceFunction, Types.of(type));
  }

  /** Returns the function that combines what is stored (first) with what is added (second). */
  public ReduceFunction<T> getReduceFunction() {
    return reduceFunction;
  }

  /** Returns the type of the value. */
  public TypeInformation<T> getType() {
    return type;
  }

  @Override
  public String describe() {
    return "ReducingState<" + type.describe() + ">";
  }
}
