package dev.keyling.kernel;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;

/** Tells functions that handle the end of input from the many that do not. */
final class EndOfInput {
  private static final ClassValue<Boolean> AWAITED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            return type.getMethod("onEndOfInput", Context.class, Collector.class)
                    .getDeclaringClass()
                != KeyedProcessFunction.class;
          } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is no KeyedProcessFunction", e);
          }
        }
      };

  private EndOfInput() {}

  static boolean isAwaitedBy(Class<?> function) {
    return AWAITED.get(function);
  }
}
