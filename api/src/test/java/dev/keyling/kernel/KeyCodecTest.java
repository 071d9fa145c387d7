package dev.keyling.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.semantics.Proves;
import dev.keyling.state.Codec;
import dev.keyling.state.TypeHint;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCodecTest {
  private static final String WHERE = "dataflow \"fraud\" step \"alerts\"";

  enum Color {
    RED,
    GREEN {},
    BLUE
  }

  enum Size {
    RED
  }

  record Point(int x, int y) {}

  /** Stands for what Jackson does for records. */
  private static final class PointType implements TypeInformation<Point> {
    @Override
    public String describe() {
      return Point.class.getTypeName();
    }

    @Override
    public boolean isImmutable() {
      return true;
    }

    @Override
    public Codec<Point> codec() {
      Codec<List<Integer>> list = Types.listOf(Types.INT).codec();
      return new Codec<>() {
        @Override
        public byte[] encode(Point point) {
          return list.encode(List.of(point.x(), point.y()));
        }

        @Override
        public Point decode(byte[] bytes) {
          List<Integer> parts = list.decode(bytes);
          return new Point(parts.get(0), parts.get(1));
        }
      };
    }
  }

  private static <K> KeyCodec<K> undeclared() {
    return KeyCodec.of(null, WHERE);
  }

  /** A codec that was given another type than its keys have, as erasure allows. */
  @SuppressWarnings("unchecked")
  private static KeyCodec<Object> declared(TypeInformation<?> type) {
    return KeyCodec.of((TypeInformation<Object>) type, WHERE);
  }

  static Stream<Object> scalars() {
    return Stream.of(
        "",
        "alice",
        "ä€\uD83D\uDE00?\uFFFD",
        "half \uD83D",
        0L,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        -1,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        Short.MIN_VALUE,
        (short) -1,
        Byte.MIN_VALUE,
        Byte.MAX_VALUE,
        new UUID(-1, Long.MIN_VALUE),
        Color.RED,
        Color.GREEN,
        Color.BLUE);
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void encodesScalarsByValueWhetherDeclaredOrNot(Object key) {
    Class<?> type = key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
    KeyCodec<Object> undeclared = undeclared();
    KeyCodec<Object> declared = declared(Types.of(type));
    byte[] bytes = undeclared.encode(key);
    assertThat(declared.encode(key)).isEqualTo(bytes);
    assertThat(undeclared.decode(bytes)).isEqualTo(key);
    assertThat(declared.decode(bytes)).isEqualTo(key);
    assertThat(undeclared.hash(key)).isEqualTo(Murmur3.hash(bytes));
    assertThat(declared.hash(key)).isEqualTo(Murmur3.hash(bytes));
  }

  @Test
  @Proves("decision 7")
  void hashesTheEncodedKeyWithoutEncodingIt() {
    Random random = new Random(1);
    KeyCodec<Object> codec = undeclared();
    for (int i = 0; i < 50_000; i++) {
      int range = random.nextBoolean() ? 128 : 0x10000;
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(20); j > 0; j--) {
        text.append((char) random.nextInt(range));
      }
      for (Object key : List.of(text.toString(), random.nextLong(), random.nextInt())) {
        assertThat(codec.hash(key)).isEqualTo(Murmur3.hash(codec.encode(key)));
        assertThat(codec.decode(codec.encode(key))).isEqualTo(key);
      }
    }
  }

  @Test
  void sortsEncodedNumbersAsTheNumbers() {
    Random random = new Random(2);
    KeyCodec<Object> codec = undeclared();
    for (int i = 0; i < 50_000; i++) {
      long a = random.nextLong() >> random.nextInt(64);
      long b = random.nextLong() >> random.nextInt(64);
      assertOrder(codec.encode(a), codec.encode(b), Long.compare(a, b));
      assertOrder(codec.encode((int) a), codec.encode((int) b), Integer.compare((int) a, (int) b));
      assertOrder(
          codec.encode((short) a), codec.encode((short) b), Short.compare((short) a, (short) b));
    }
  }

  private static void assertOrder(byte[] a, byte[] b, int expected) {
    assertThat(Integer.signum(Arrays.compareUnsigned(a, b))).isEqualTo(Integer.signum(expected));
  }

  @Test
  void encodesOtherTypesAsDeclared() {
    KeyCodec<Point> points = KeyCodec.of(new PointType(), WHERE);
    Point point = new Point(-1, 7);
    assertThat(points.decode(points.encode(point))).isEqualTo(point);
    assertThat(points.encode(new Point(-1, 7))).isEqualTo(points.encode(point));
    assertThat(points.hash(point)).isEqualTo(Murmur3.hash(points.encode(point)));
    KeyCodec<Instant> instants = KeyCodec.of(Types.INSTANT, WHERE);
    assertThat(instants.decode(instants.encode(Instant.MAX))).isEqualTo(Instant.MAX);
    KeyCodec<List<String>> lists = KeyCodec.of(Types.listOf(Types.STRING), WHERE);
    assertThat(lists.decode(lists.encode(List.of("a", "b")))).containsExactly("a", "b");
  }

  @Test
  void placesKeysInEveryGroup() {
    KeyCodec<Long> codec = undeclared();
    assertThat(KeyCodec.groupOf(-1, 128)).isEqualTo(127);
    assertThat(KeyCodec.groupOf(Integer.MIN_VALUE, 100)).isBetween(0, 99);
    assertThat(
            Stream.iterate(0L, n -> n + 1)
                .limit(2_000)
                .map(key -> KeyCodec.groupOf(codec.hash(key), 128))
                .distinct())
        .hasSize(128);
  }

  @Test
  @Proves("decision 7")
  void keepsTheBytesAndPlacesOfEarlierVersions() {
    assertKept("alice", "73616c696365", 0x49c19b8a);
    assertKept(42L, "6c800000000000002a", 0xf06d68da);
    assertKept(42, "698000002a", 0x862fe373);
    assertThat(hex(undeclared().encode((short) -1))).isEqualTo("687fff");
    assertThat(hex(undeclared().encode((byte) 1))).isEqualTo("6281");
    assertThat(hex(undeclared().encode(new UUID(1, 2))))
        .isEqualTo("7500000000000000010000000000000002");
    assertThat(hex(undeclared().encode(Color.RED))).isEqualTo("65524544");
    assertThat(hex(declared(Types.BOOLEAN).encode(true))).isEqualTo("6f01");
  }

  private static void assertKept(Object key, String hex, int hash) {
    assertThat(hex(undeclared().encode(key))).isEqualTo(hex);
    assertThat(undeclared().hash(key)).isEqualTo(hash);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  @Proves("decision 7")
  void refusesNull() {
    assertRefused(() -> undeclared().hash(null), "is null", "keyBy must give every element a key");
    assertRefused(() -> declared(Types.LONG).encode(null), "is null");
  }

  @Test
  void refusesAClassThatNeedsADeclaration() {
    assertRefused(
        () -> undeclared().hash(new Point(1, 2)),
        Point.class.getTypeName(),
        "give its type: keyBy(key, Types.of(Point.class))");
    assertRefused(() -> undeclared().encode(LocalDate.EPOCH), "Types.of(LocalDate.class)");
  }

  @Test
  void refusesAKeyOfAnotherClassThanDeclared() {
    assertRefused(() -> declared(Types.LONG).hash("text"), "java.lang.String", "type long");
    assertRefused(() -> declared(Types.STRING).encode(1L), "java.lang.Long", "type string");
    assertRefused(
        () -> declared(Types.LONG).hash(new Point(1, 2)), Point.class.getTypeName(), "type long");
    assertRefused(
        () -> declared(new PointType()).hash(LocalDate.EPOCH),
        "java.time.LocalDate",
        "type " + Point.class.getTypeName());
    assertRefused(
        () -> declared(new PointType()).hash("text"),
        "java.lang.String",
        "type " + Point.class.getTypeName());
    assertRefused(
        () -> declared(Types.of(Color.class)).hash(Size.RED),
        "Size",
        "type " + Color.class.getTypeName());
  }

  @Test
  void refusesStoredKeysOfAnotherTypeThanDeclared() {
    byte[] text = undeclared().encode("text");
    byte[] number = undeclared().encode(7L);
    byte[] color = undeclared().encode(Color.RED);
    byte[] point = declared(new PointType()).encode(new Point(1, 2));
    assertRefused(() -> declared(Types.LONG).decode(text), "type string", "type long", "step id");
    assertRefused(() -> declared(Types.INT).decode(number), "type long", "type int");
    assertRefused(() -> declared(Types.STRING).decode(color), "type an enum", "type string");
    assertRefused(() -> declared(Types.STRING).decode(point), "type string");
    assertRefused(
        () -> declared(new PointType()).decode(text), "type string", Point.class.getTypeName());
    assertRefused(() -> declared(new PointType()).decode(color), Point.class.getTypeName());
    assertRefused(() -> declared(Types.of(Color.class)).decode(point), Color.class.getTypeName());
    assertRefused(() -> undeclared().decode(point), "keyBy(key, Types.of(...))");
  }

  @Test
  void decodesAnUndeclaredEnumOnlyWhenItHasSeenIt() {
    KeyCodec<Object> codec = undeclared();
    byte[] red = KeyCodec.of(null, WHERE).encode(Color.RED);
    assertRefused(() -> codec.decode(red), "an enum", "keyBy(key, Types.of(...))");
    assertThat(codec.hash(Color.GREEN)).isNotZero();
    assertThat(codec.decode(red)).isSameAs(Color.RED);
  }

  @Test
  void refusesTwoUndeclaredEnumsForOneStep() {
    KeyCodec<Object> codec = undeclared();
    assertThat(codec.encode(Color.RED)).isNotEmpty();
    assertRefused(
        () -> codec.encode(Size.RED), Color.class.getTypeName(), Size.class.getTypeName());
  }

  @Test
  void refusesTypesWhoseEqualValuesMayHaveOtherBytes() {
    assertRefused(() -> declared(Types.BYTES), "bytes");
    assertRefused(() -> declared(Types.of(int[].class)), "int[]");
    assertRefused(() -> declared(Types.of(new TypeHint<List<Map<String, Long>>>() {})), "map<");
  }

  @Test
  void refusesDamagedBytes() {
    assertThatThrownBy(() -> undeclared().decode(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> undeclared().decode(new byte[] {'x', 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertRefused(() -> undeclared().decode(new byte[] {'l', 1, 2}), "type long");
    assertRefused(() -> undeclared().decode(new byte[] {'u', 1, 2}), "type uuid");
    assertRefused(() -> undeclared().decode(new byte[] {'s', -1}), "type string");
  }

  private static void assertRefused(ThrowingCallable call, String... message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(WHERE + ": ")
        .hasMessageContainingAll(message);
  }
}
