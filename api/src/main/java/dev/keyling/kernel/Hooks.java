package dev.keyling.kernel;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.plan.Adapter;
import dev.keyling.state.ExpiredEntry;
import java.util.Set;

/**
 * Which of the optional methods a function class has, so that the many that have none cost nothing.
 *
 * @param endOfInput it handles the end of input
 * @param expired it wants to know what expired
 */
record Hooks(boolean endOfInput, boolean expired) {
  /** Where these methods do nothing. */
  private static final Set<Class<?>> BASES =
      Set.of(
          KeyedProcessFunction.class,
          KeyedCoProcessFunction.class,
          KeyedBroadcastProcessFunction.class);

  private static final ClassValue<Hooks> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected Hooks computeValue(Class<?> type) {
          return new Hooks(
              has(type, "onEndOfInput", Context.class, Collector.class),
              has(type, "onExpired", ExpiredEntry.class, Context.class, Collector.class));
        }
      };

  static Hooks of(KeyedProcessFunction<?, ?, ?> function) {
    Object users = function instanceof Adapter adapter ? adapter.function() : function;
    return OF_CLASS.get(users.getClass());
  }

  private static boolean has(Class<?> type, String method, Class<?>... parameters) {
    try {
      return !BASES.contains(type.getMethod(method, parameters).getDeclaringClass());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " is no keyed function", e);
    }
  }
}
