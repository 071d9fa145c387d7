package dev.keyling.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.state.StoredType;
import dev.keyling.state.Types;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stored values say what they are, without their class. */
@SuppressWarnings("ArrayRecordComponent")
class CborInWordsTest {
  record Item(String name, long price) {}

  record Order(
      String user,
      int amount,
      long large,
      double rate,
      BigDecimal price,
      boolean paid,
      byte[] raw,
      List<Item> items,
      List<String> none,
      Map<String, Integer> counts,
      Item missing) {}

  private static final Order ORDER =
      new Order(
          "ann",
          1,
          1L << 40,
          0.5,
          BigDecimal.ONE,
          true,
          new byte[2],
          List.of(new Item("a", 1), new Item("b", 2)),
          List.of(),
          Map.of("x", 1),
          null);

  private static byte[] bytes() {
    return Types.of(Order.class).codec().encode(ORDER);
  }

  @Test
  void anObjectIsDescribedByItsFields() {
    assertThat(Types.of(Order.class).codec().storedType().describe(bytes()))
        .isEqualTo(
            "object {user: string, amount: int, large: long, rate: double, price: big_decimal,"
                    .replace('_', ' ')
                + " paid: boolean, raw: bytes, items: list of object {name: string, price: int},"
                + " none: empty list, counts: object {x: int}, missing: null}");
  }

  @Test
  void whatIsLargeIsCutShort() {
    Map<String, Integer> map =
        IntStream.range(0, 100)
            .boxed()
            .collect(Collectors.toMap(i -> "f" + i, i -> i, (a, b) -> a, TreeMap::new));
    byte[] bytes = Types.of(Wide.class).codec().encode(new Wide(map));
    assertThat(StoredType.of(StoredType.Form.OBJECT).describe(bytes))
        .startsWith("object {map: object {f0: int, f1: int, f10: int")
        .endsWith(", …}}")
        .hasSizeLessThan(400);
  }

  record Wide(Map<String, Integer> map) {}

  @Test
  void bytesThatAreCutOffOrNonsenseAreDescribedToo() {
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      assertThat(StoredType.of(StoredType.Form.OBJECT).describe(Arrays.copyOf(whole, length)))
          .isNotEmpty();
    }
    assertThat(StoredType.of(StoredType.Form.OBJECT).describe(new byte[] {-1, -1, 28}))
        .isNotEmpty();
  }
}
