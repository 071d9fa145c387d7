package dev.keyling.kernel;

import dev.keyling.function.CheckpointListener;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.plan.Adapter;
import dev.keyling.plan.OperatorFunction;
import dev.keyling.state.ExpiredEntry;
import java.util.List;
import java.util.Set;

/**
 * Which of the optional methods a function class has, so that the many that have none cost nothing.
 *
 * @param together it handles elements that came together in one call
 * @param endOfInput it handles the end of input
 * @param expired it wants to know what expired
 * @param checkpoints it wants to know what became of checkpoints; operators are told anyway
 */
public record Hooks(boolean together, boolean endOfInput, boolean expired, boolean checkpoints) {
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
              has(type, "processElements", List.class, Context.class, Collector.class),
              has(type, "onEndOfInput", Context.class, Collector.class),
              has(type, "onExpired", ExpiredEntry.class, Context.class, Collector.class),
              CheckpointListener.class.isAssignableFrom(type)
                  && !OperatorFunction.class.isAssignableFrom(type));
        }
      };

  static Hooks of(KeyedProcessFunction<?, ?, ?> function) {
    return OF_CLASS.get(users(function).getClass());
  }

  /** Returns the object that the user made. */
  static Object users(KeyedProcessFunction<?, ?, ?> function) {
    return function instanceof Adapter adapter ? adapter.function() : function;
  }

  private static boolean has(Class<?> type, String method, Class<?>... parameters) {
    try {
      return !BASES.contains(type.getMethod(method, parameters).getDeclaringClass());
    } catch (NoSuchMethodException e) {
      return false; // a function of a single method, such as one that maps
    }
  }
}
