package dev.keyling.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {
  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "greenish";
      }
    }
  }

  enum Faded {
    RED
  }

  record Payment(String user, long amount, BigDecimal price, LocalDate day, Color color) {}

  record Tree(Tree left, Payment value) {}

  record WithList(List<String> list) {}

  record Deep(Tree tree, StringBuilder text) {}

  record Box<T>(T content) {}

  private static <T> void roundTrips(TypeInformation<T> type, T value) {
    byte[] bytes = type.codec().encode(value);
    T decoded = type.codec().decode(bytes);
    assertThat(decoded).isEqualTo(value);
    assertThat(type.codec().encode(decoded)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE})
  void storesLongs(long value) {
    roundTrips(Types.LONG, value);
    roundTrips(Types.INSTANT, Instant.ofEpochMilli(value));
    roundTrips(Types.DURATION, Duration.ofSeconds(value, 999_999_999));
    roundTrips(Types.UUID, new UUID(value, ~value));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void storesInts(int value) {
    roundTrips(Types.INT, value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Math.PI})
  void storesDoubles(double value) {
    roundTrips(Types.DOUBLE, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ä€\uD83D\uDE00", "?", "\uFFFD", "half \uD83D", "\uDE00 half"})
  void storesStrings(String value) {
    roundTrips(Types.STRING, value);
  }

  @Test
  void storesTheOtherBuiltInTypes() {
    roundTrips(Types.BOOLEAN, true);
    roundTrips(Types.BOOLEAN, false);
    roundTrips(Types.BYTES, new byte[] {1, -1});
    roundTrips(Types.INSTANT, Instant.MIN);
    roundTrips(Types.INSTANT, Instant.MAX);
    roundTrips(Types.of(Color.class), Color.GREEN);
  }

  @Test
  void givesEveryNanTheSameBytes() {
    double other = Double.longBitsToDouble(0xFFF8000000000001L);
    assertThat(Types.DOUBLE.codec().encode(other))
        .isEqualTo(Types.DOUBLE.codec().encode(Double.NaN));
  }

  @Test
  void sharesNoArrayWithTheCaller() {
    byte[] value = {1};
    byte[] encoded = Types.BYTES.codec().encode(value);
    byte[] decoded = Types.BYTES.codec().decode(encoded);
    assertThat(encoded).isNotSameAs(value);
    assertThat(decoded).isNotSameAs(encoded);
  }

  @Test
  void storesListsAndMapsWithNullsInTheirOrder() {
    TypeInformation<Map<String, List<Long>>> type =
        Types.mapOf(Types.STRING, Types.listOf(Types.LONG));
    Map<String, List<Long>> map = new LinkedHashMap<>();
    map.put("z", Arrays.asList(1L, null, -1L));
    map.put(null, List.of());
    map.put("a", null);
    roundTrips(type, map);
    Map<String, List<Long>> decoded = type.codec().decode(type.codec().encode(map));
    assertThat(decoded).isExactlyInstanceOf(LinkedHashMap.class).containsExactlyEntriesOf(map);
    assertThat(decoded.get("z")).isExactlyInstanceOf(ArrayList.class);
  }

  @Test
  void knowsTheBuiltInTypesByTheirClasses() {
    assertThat(Types.of(long.class)).isSameAs(Types.LONG);
    assertThat(Types.of(Long.class)).isSameAs(Types.LONG);
    assertThat(Types.of(Integer.class)).isSameAs(Types.INT);
    assertThat(Types.of(double.class)).isSameAs(Types.DOUBLE);
    assertThat(Types.of(boolean.class)).isSameAs(Types.BOOLEAN);
    assertThat(Types.of(String.class)).isSameAs(Types.STRING);
    assertThat(Types.of(byte[].class)).isSameAs(Types.BYTES);
    assertThat(Types.of(Instant.class)).isSameAs(Types.INSTANT);
    assertThat(Types.of(Duration.class)).isSameAs(Types.DURATION);
    assertThat(Types.of(UUID.class)).isSameAs(Types.UUID);
  }

  @Test
  void describesTypesInWords() {
    assertThat(Types.of(new TypeHint<Map<String, List<Long>>>() {}))
        .hasToString("map<string, list<long>>")
        .isEqualTo(Types.mapOf(Types.STRING, Types.listOf(Types.LONG)))
        .hasSameHashCodeAs(Types.mapOf(Types.STRING, Types.listOf(Types.LONG)));
    assertThat(Types.of(new TypeHint<List<? extends Color>>() {}))
        .isEqualTo(Types.listOf(Types.of(Color.class)));
    assertThat(Types.of(new TypeHint<ArrayList<Long>>() {}).describe())
        .isEqualTo("java.util.ArrayList<java.lang.Long>");
    assertThat(Types.of(Payment.class).describe()).isEqualTo(Payment.class.getTypeName());
    assertThat(Types.of(Payment.class)).isNotEqualTo(Types.of(Tree.class));
    assertThat(Types.of(Color.GREEN.getDeclaringClass()).describe())
        .isEqualTo(Color.class.getTypeName());
    assertThat(Types.of(long[].class).describe()).isEqualTo("long[]");
    List.of(
            Types.STRING,
            Types.LONG,
            Types.INT,
            Types.DOUBLE,
            Types.BOOLEAN,
            Types.BYTES,
            Types.INSTANT,
            Types.DURATION,
            Types.UUID)
        .forEach(type -> assertThat(type.describe()).isEqualTo(type.toString()));
    assertThat(Types.UUID.describe()).isEqualTo("uuid");
  }

  @Test
  @SuppressWarnings("GetClassOnEnum") // the class of a constant with a body is meant
  void knowsWhatCanNeverChange() {
    for (Class<?> type :
        List.of(Payment.class, Tree.class, Color.class, Color.GREEN.getClass(), float.class)) {
      assertThat(Types.of(type).isImmutable()).as(type.getName()).isTrue();
    }
    assertThat(Types.STRING.isImmutable()).isTrue();
    for (Class<?> type :
        List.of(WithList.class, Deep.class, Object.class, StringBuilder.class, int[].class)) {
      assertThat(Types.of(type).isImmutable()).as(type.getName()).isFalse();
    }
    assertThat(Types.BYTES.isImmutable()).isFalse();
    assertThat(Types.listOf(Types.LONG).isImmutable()).isFalse();
    assertThat(Types.immutable(WithList.class).isImmutable()).isTrue();
    assertThat(Types.immutable(WithList.class)).isEqualTo(Types.of(WithList.class));
    assertThat(Types.immutable(Long.class)).isSameAs(Types.LONG);
  }

  @Test
  void refusesBytesOfAnotherTypeNamingIt() {
    assertRefused(Types.LONG, "", "long: truncated");
    assertRefused(Types.LONG, "0000", "long: 1 bytes are left over");
    assertRefused(Types.INT, "feffffffff01", "int: ");
    assertRefused(Types.DOUBLE, "00", "double: truncated");
    assertRefused(Types.BOOLEAN, "02", "boolean: 2 is neither");
    assertRefused(Types.STRING, "c3", "string: malformed UTF-8");
    assertRefused(Types.UUID, "00", "uuid: truncated");
    assertRefused(Types.INSTANT, "0080a8d6b907", "instant: ");
    assertRefused(Types.INSTANT, "feffffffffffffffff0100", "instant: ");
    assertRefused(Types.DURATION, "00", "duration: truncated");
    assertRefused(Types.listOf(Types.LONG), "ffffffff0f", "list<long>: truncated");
    assertRefused(Types.listOf(Types.LONG), "010300", "list<long>: truncated");
    assertRefused(Types.listOf(Types.LONG), "01030000", "list<long>: not of type long: ");
    assertRefused(Types.mapOf(Types.LONG, Types.LONG), "0100", "map<long, long>: truncated");
    assertRefused(Types.of(Color.class), "ff", Color.class.getTypeName() + ": malformed");
  }

  private static void assertRefused(TypeInformation<?> type, String hex, String message) {
    assertThatThrownBy(() -> type.codec().decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not of type " + message);
  }

  @Test
  void refusesAConstantThatTheEnumNoLongerHas() {
    byte[] green = Types.of(Color.class).codec().encode(Color.GREEN);
    assertThatThrownBy(() -> Types.of(Faded.class).codec().decode(green))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "enum %s has no constant \"GREEN\", only [RED]".formatted(Faded.class.getTypeName()));
  }

  @Test
  void saysWhichJarIsMissingWhenACodecIsNeeded() {
    TypeInformation<Payment> type = Types.of(Payment.class);
    assertThatThrownBy(type::codec)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Payment.class.getTypeName())
        .hasMessageContaining("keyling-persistence");
    assertThatThrownBy(Types.of(new TypeHint<Set<Payment>>() {})::codec)
        .hasMessageContaining("java.util.Set<" + Payment.class.getTypeName() + ">");
  }

  @Test
  void refusesTypesWhoseParametersAreNotSaid() {
    assertThatThrownBy(() -> Types.of(Box.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Types.of(new TypeHint<Box<...>>() {})");
    assertThatThrownBy(() -> Types.of(List.class)).hasMessageContaining("java.util.List");
    assertThatThrownBy(TypesTest::<String>hintOfVariable)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the type variable V");
  }

  private static <V> TypeInformation<?> hintOfVariable() {
    return Types.of(new TypeHint<Map<String, Set<V>>>() {});
  }

  @Test
  void keepsTheBytesThatEarlierVersionsWrote() {
    assertBytes(Types.LONG, -300L, "d704");
    assertBytes(Types.INT, 300, "d804");
    assertBytes(Types.DOUBLE, 1.0, "3ff0000000000000");
    assertBytes(Types.BOOLEAN, true, "01");
    assertBytes(Types.STRING, "aä", "61c3a4");
    assertBytes(Types.BYTES, new byte[] {7}, "07");
    assertBytes(Types.INSTANT, Instant.ofEpochSecond(-1, 5), "0105");
    assertBytes(Types.DURATION, Duration.ofSeconds(1, 5), "0205");
    assertBytes(Types.UUID, new UUID(1, 2), "00000000000000010000000000000002");
    assertBytes(Types.of(Color.class), Color.RED, "524544");
    assertBytes(Types.listOf(Types.LONG), Arrays.asList(1L, null), "02020200");
    assertBytes(Types.mapOf(Types.STRING, Types.LONG), Map.of("a", 1L), "0102610202");
  }

  private static <T> void assertBytes(TypeInformation<T> type, T value, String hex) {
    assertThat(HexFormat.of().formatHex(type.codec().encode(value))).isEqualTo(hex);
    assertThat(type.codec().decode(HexFormat.of().parseHex(hex))).isEqualTo(value);
  }
}
