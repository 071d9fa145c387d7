package dev.keyling.operator;

import static java.util.Map.entry;

import dev.keyling.function.ReduceFunction;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How numbers of each type are added up: as {@code +} does it, so whole ones wrap around. */
public final class Addition {
  private static final Map<TypeInformation<?>, ReduceFunction<? extends Number>> BY_TYPE =
      Map.ofEntries(
          entry(Types.INT, (ReduceFunction<Integer>) Integer::sum),
          entry(Types.LONG, (ReduceFunction<Long>) Long::sum),
          entry(Types.DOUBLE, (ReduceFunction<Double>) Double::sum),
          entry(Types.of(Float.class), (ReduceFunction<Float>) Float::sum),
          entry(Types.of(Short.class), (ReduceFunction<Short>) (a, b) -> (short) (a + b)),
          entry(Types.of(Byte.class), (ReduceFunction<Byte>) (a, b) -> (byte) (a + b)),
          entry(Types.of(BigDecimal.class), (ReduceFunction<BigDecimal>) BigDecimal::add),
          entry(Types.of(BigInteger.class), (ReduceFunction<BigInteger>) BigInteger::add));

  private Addition() {}

  /** Returns how numbers of a type are added; null if that is not known. */
  @SuppressWarnings("unchecked") // the key says the type
  public static <N extends Number> @Nullable ReduceFunction<N> of(TypeInformation<N> type) {
    return (ReduceFunction<N>) BY_TYPE.get(type);
  }
}
