package dev.keyling.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.keyling.persistence.codec.JacksonRefusalsTest.Tree;
import dev.keyling.state.Codec;
import dev.keyling.state.TypeHint;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings({"ArrayRecordComponent", "ClassCanBeStatic", "UnusedVariable"}) // all on purpose
class JacksonCodecProviderTest {
  record Payment(String user, long amount, BigDecimal price, Instant at) {}

  record Nothing() {}

  record Everything(
      BigInteger big,
      Duration duration,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      Period period,
      YearMonth month,
      UUID uuid,
      DayOfWeek day,
      byte[] bytes,
      double[] doubles,
      Optional<String> optional,
      OptionalLong number,
      float single,
      char letter) {}

  record Nested(List<Payment> list, Map<LocalDate, Set<String>> map, Payment[] array) {}

  static final class Counter {
    private long sum;
    private final List<String> seen = new ArrayList<>();
    transient int notStored = 7;

    long getAverage() {
      throw new IllegalStateException("not a part of the state");
    }
  }

  static final class Immutable {
    private final String name;
    private final int size;

    Immutable(String name, int size) {
      this.name = name;
      this.size = size;
    }
  }

  static class Wrapper {
    private final String only;

    Wrapper(String only) {
      this.only = only;
    }
  }

  static final class Special extends Wrapper {
    Special() {
      super("special");
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(double side) implements Shape {}

  record Drawing(List<Shape> shapes, Shape first) {}

  record Keys(Map<Locale, Integer> byLocale, Map<BigDecimal, Integer> byNumber) {}

  record Sets(Set<Payment> payments, Set<String> names, Map<String, Integer> counts) {}

  static final Payment PAYMENT =
      new Payment("käte", 12, new BigDecimal("1.00"), Instant.ofEpochSecond(7, 123_456_789));

  private static <T> T roundTrip(TypeInformation<T> type, T value) {
    Codec<T> codec = type.codec();
    byte[] bytes = codec.encode(value);
    T decoded = codec.decode(bytes);
    assertThat(codec.encode(decoded)).as("canonical").isEqualTo(bytes);
    return decoded;
  }

  private static <T> T roundTrip(Class<T> type, T value) {
    return roundTrip(Types.of(type), value);
  }

  @Test
  void storesRecords() {
    assertThat(roundTrip(Payment.class, PAYMENT)).isEqualTo(PAYMENT);
    Payment nulls = new Payment(null, Long.MIN_VALUE, null, null);
    assertThat(roundTrip(Payment.class, nulls)).isEqualTo(nulls);
    assertThat(roundTrip(Nothing.class, new Nothing())).isEqualTo(new Nothing());
  }

  @Test
  void storesWhatTheJdkHas() {
    Everything all =
        new Everything(
            BigInteger.ONE.shiftLeft(300),
            Duration.ofSeconds(Long.MIN_VALUE, 1),
            LocalDate.MIN,
            LocalTime.MAX,
            LocalDateTime.MAX,
            OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneOffset.ofHoursMinutes(-9, -30)),
            ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 1, ZoneId.of("Europe/Berlin"))
                .withLaterOffsetAtOverlap(),
            Period.of(1, -2, 3),
            YearMonth.of(2024, 2),
            new UUID(Long.MIN_VALUE, -1),
            DayOfWeek.FRIDAY,
            new byte[] {1, 2},
            new double[] {Double.NaN, -0.0, Double.MIN_VALUE},
            Optional.empty(),
            OptionalLong.of(Long.MAX_VALUE),
            Float.MIN_VALUE,
            '\uffff');
    Everything read = roundTrip(Everything.class, all);
    assertThat(read).usingRecursiveComparison().ignoringFields("doubles").isEqualTo(all);
    assertThat(read.doubles()).containsExactly(all.doubles());
  }

  @Test
  void keepsTheZoneUtcApartFromTheOffsetZ() {
    ZonedDateTime utc = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC"));
    assertThat(roundTrip(ZonedDateTime.class, utc)).isEqualTo(utc);
    ZonedDateTime z = utc.withZoneSameInstant(ZoneOffset.UTC);
    assertThat(roundTrip(ZonedDateTime.class, z)).isEqualTo(z);
  }

  record At(Instant at) {}

  @Test
  void keepsInstantsAndDecimalsExactly() {
    for (Instant at :
        List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.ofEpochSecond(-1, 1))) {
      assertThat(roundTrip(At.class, new At(at))).isEqualTo(new At(at));
    }
    for (String number :
        List.of("0", "0.00", "-1E+400", "1e-400", "1." + "7".repeat(2000), "1E+2000000")) {
      BigDecimal decimal = new BigDecimal(number);
      assertThat(roundTrip(BigDecimal.class, decimal)).isEqualTo(decimal);
    }
  }

  @Test
  void storesScalarsThatTheApiHasNoCodecFor() {
    assertThat(roundTrip(Short.class, Short.MIN_VALUE)).isEqualTo(Short.MIN_VALUE);
    assertThat(roundTrip(Byte.class, (byte) -1)).isEqualTo((byte) -1);
    assertThat(roundTrip(char.class, 'x')).isEqualTo('x');
    assertThat(roundTrip(Float.class, 1.5f)).isEqualTo(1.5f);
    assertThat(roundTrip(long[].class, new long[] {1, -1})).containsExactly(1, -1);
    assertThat(roundTrip(AtomicLong.class, new AtomicLong(3))).hasValue(3);
    assertThat(roundTrip(LocalDate.class, LocalDate.EPOCH)).isEqualTo(LocalDate.EPOCH);
  }

  @Test
  void storesNestedTypes() {
    Nested nested =
        new Nested(
            List.of(PAYMENT, PAYMENT),
            Map.of(LocalDate.EPOCH, Set.of("a", "b"), LocalDate.MAX, Set.of()),
            new Payment[] {PAYMENT});
    assertThat(roundTrip(Nested.class, nested)).usingRecursiveComparison().isEqualTo(nested);
    Tree tree = new Tree("a", List.of(new Tree("b", List.of()), new Tree("c", null)));
    assertThat(roundTrip(Tree.class, tree)).isEqualTo(tree);
  }

  @Test
  void storesGenericTypes() {
    TypeInformation<Map<String, List<Payment>>> type = Types.of(new TypeHint<>() {});
    Map<String, List<Payment>> map = new LinkedHashMap<>();
    map.put("z", List.of(PAYMENT));
    map.put("a", List.of());
    assertThat(roundTrip(type, map)).containsExactlyEntriesOf(map);
    TypeInformation<TreeMap<Long, Optional<Payment>>> tree = Types.of(new TypeHint<>() {});
    TreeMap<Long, Optional<Payment>> payments = new TreeMap<>(Map.of(7L, Optional.of(PAYMENT)));
    assertThat(roundTrip(tree, payments)).isEqualTo(payments);
  }

  @Test
  void storesTheFieldsOfClassesAndNothingElse() {
    Counter counter = new Counter();
    counter.sum = 4;
    counter.seen.add("x");
    counter.notStored = 9;
    Counter read = roundTrip(Counter.class, counter);
    assertThat(read.sum).isEqualTo(4);
    assertThat(read.seen).containsExactly("x");
    assertThat(read.notStored).isEqualTo(7);
    Immutable immutable = roundTrip(Immutable.class, new Immutable("n", 3));
    assertThat(immutable.name + immutable.size).isEqualTo("n3");
    assertThat(roundTrip(Wrapper.class, new Wrapper("w")).only).isEqualTo("w");
  }

  record Cached(String name, @JsonIgnore @Nullable String derived) {}

  @Test
  void leavesOutWhatIsToBeIgnored() {
    assertThat(roundTrip(Cached.class, new Cached("n", "d"))).isEqualTo(new Cached("n", null));
  }

  @Test
  void storesSubtypesThatAreNamed() {
    Drawing drawing = new Drawing(List.of(new Circle(1), new Square(2)), new Square(3));
    assertThat(roundTrip(Drawing.class, drawing)).isEqualTo(drawing);
    assertThat(roundTrip(Shape.class, new Circle(1))).isEqualTo(new Circle(1));
  }

  @Test
  void givesEqualSetsAndMapsEqualBytes() {
    List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
    Set<Payment> payments = new HashSet<>();
    Set<String> names = new HashSet<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    Set<Payment> reversedPayments = new HashSet<>(4096);
    Set<String> reversedNames = new HashSet<>(4096);
    Map<String, Integer> reversedCounts = new LinkedHashMap<>();
    for (int i : numbers) {
      int j = 99 - i;
      payments.add(new Payment("u" + i, i, null, null));
      names.add("n" + i);
      counts.put("k" + i, i);
      reversedPayments.add(new Payment("u" + j, j, null, null));
      reversedNames.add("n" + j);
      reversedCounts.put("k" + j, j);
    }
    Sets sets = new Sets(payments, names, counts);
    Sets reversed = new Sets(reversedPayments, reversedNames, reversedCounts);
    Codec<Sets> codec = Types.of(Sets.class).codec();
    assertThat(codec.encode(reversed)).isEqualTo(codec.encode(sets));
    assertThat(roundTrip(Sets.class, sets)).isEqualTo(reversed);
  }

  @Test
  void storesMapsWhoseKeysHaveNoOrderOrAnInconsistentOne() {
    Map<BigDecimal, Integer> numbers = new HashMap<>();
    numbers.put(new BigDecimal("1.0"), 1);
    numbers.put(new BigDecimal("1.00"), 2);
    Keys keys = new Keys(Map.of(Locale.GERMANY, 1, Locale.FRENCH, 2), numbers);
    assertThat(roundTrip(Keys.class, keys)).isEqualTo(keys);
  }

  record Text(String text, Map<String, Integer> map) {}

  @Test
  void readsWhatItWroteHoweverLong() {
    Text text = new Text("ä".repeat(30_000_000), Map.of("k".repeat(100_000), 1));
    assertThat(roundTrip(Text.class, text)).isEqualTo(text);
  }
}
