package dev.keyling.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.function.ReduceFunction;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import dev.keyling.testing.TestingSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which numbers can be summed up. */
class AdditionTest {
  static List<Number> ones() {
    return List.of(1, 1L, 1.0, 1f, (short) 1, (byte) 1, new BigDecimal("1"), new BigInteger("1"));
  }

  @ParameterizedTest
  @MethodSource("ones")
  <N extends Number> void numbersOfEveryTypeAreAddedAndKeepTheirType(N one) throws Exception {
    @SuppressWarnings("unchecked") // the class of an N
    TypeInformation<N> type = (TypeInformation<N>) Types.of(one.getClass());
    ReduceFunction<N> addition = Objects.requireNonNull(Addition.of(type));
    N two = addition.reduce(one, one);
    assertThat(two).hasSameClassAs(one);
    assertThat(two.doubleValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(classes = {Number.class, AtomicLong.class})
  void otherNumbersAreRefusedWithTheStep(Class<? extends Number> type) {
    var keyed = Dataflow.named("shop").from("orders", TestingSource.of("a")).keyBy(order -> order);
    assertThatThrownBy(() -> keyed.sum("total", Types.of(type), order -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Dataflow shop step \"total\" sums up values of type " + type.getName())
        .hasMessageEndingWith("or use reduce");
  }

  @Test
  void whatCannotBeStoredIsRefusedWithTheStep() {
    var keyed = Dataflow.named("shop").from("orders", TestingSource.of("a")).keyBy(order -> order);
    assertThatThrownBy(
            () -> keyed.sum("total", Types.of(BigDecimal.class), order -> BigDecimal.ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Dataflow shop step \"total\" cannot store values of type java.math.BigDecimal: ")
        .hasMessageContaining("keyling-persistence");
  }
}
