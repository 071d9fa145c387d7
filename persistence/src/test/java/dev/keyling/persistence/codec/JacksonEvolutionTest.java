package dev.keyling.persistence.codec;

import static dev.keyling.persistence.codec.JacksonCodecProviderTest.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.keyling.persistence.codec.JacksonCodecProviderTest.Counter;
import dev.keyling.persistence.codec.JacksonCodecProviderTest.Payment;
import dev.keyling.state.Types;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may change in a type without losing what is stored, and what may not. */
@SuppressWarnings("UnusedVariable") // fields that are only stored
class JacksonEvolutionTest {
  record Wider(
      String user,
      long amount,
      BigDecimal price,
      Instant at,
      int added,
      boolean flag,
      double rate,
      @Nullable String text,
      @Nullable List<String> list,
      Optional<String> optional,
      OptionalLong number) {}

  record Narrower(long amount) {}

  record Renamed(@JsonAlias("user") String customer, @JsonProperty("amount") long cents) {}

  record Small(int number, List<Integer> numbers, Map<String, Integer> counts) {}

  record Large(long number, List<Long> numbers, Map<String, Long> counts) {}

  static final class OldCounter {
    private final int sum = 7;
    private final String gone = "x";
  }

  static final class NewCounter {
    @JsonAlias("sum")
    private long total;

    private int added = 3;
  }

  enum Color {
    RED,
    GREEN
  }

  enum Faded {
    GREEN,
    GREY
  }

  record Colored(Color color) {}

  record FadedOne(Faded color) {}

  record Text(String value) {}

  record Whole(int value) {}

  record Truth(boolean value) {}

  record Fraction(double value) {}

  record Moment(Instant value) {}

  record Stamp(@JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant value) {}

  record Several(List<String> value) {}

  record Nested(Text value) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Dog.class), @JsonSubTypes.Type(Cat.class)})
  sealed interface Pet permits Dog, Cat {}

  @JsonTypeName("dog")
  record Dog(String name) implements Pet {}

  @JsonTypeName("cat")
  record Cat(String name) implements Pet {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(value = Hound.class, name = "dog")})
  sealed interface LaterPet permits Hound {}

  record Hound(String name, int age) implements LaterPet {}

  private static <T> T reread(Object old, Class<T> now) {
    return Types.of(now).codec().decode(encode(old));
  }

  @SuppressWarnings("unchecked")
  private static byte[] encode(Object value) {
    return Types.of((Class<Object>) value.getClass()).codec().encode(value);
  }

  @Test
  void ignoresFieldsThatAreGoneAndDefaultsThoseThatAreNew() {
    assertThat(reread(PAYMENT, Narrower.class)).isEqualTo(new Narrower(12));
    assertThat(reread(PAYMENT, Wider.class))
        .isEqualTo(
            new Wider(
                "käte",
                12,
                PAYMENT.price(),
                PAYMENT.at(),
                0,
                false,
                0,
                null,
                null,
                Optional.empty(),
                OptionalLong.empty()));
  }

  @Test
  void renamesByAnnotations() {
    assertThat(reread(PAYMENT, Renamed.class)).isEqualTo(new Renamed("käte", 12));
    assertThat(reread(new Renamed("ann", 3), Renamed.class)).isEqualTo(new Renamed("ann", 3));
  }

  @Test
  void widensIntsToLongs() {
    assertThat(reread(new Small(1, List.of(2), Map.of("a", 3)), Large.class))
        .isEqualTo(new Large(1, List.of(2L), Map.of("a", 3L)));
  }

  @Test
  void readsALongAsAnIntOnlyIfItIsOne() {
    Large fits = new Large(-1, List.of(), Map.of());
    assertThat(reread(fits, Small.class).number()).isEqualTo(-1);
    Large tooLarge = new Large(1L << 31, List.of(), Map.of());
    assertThatThrownBy(() -> reread(tooLarge, Small.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out of range");
  }

  @Test
  void classesChangeLikeRecordsAndKeepWhatTheirFieldsAreInitializedTo() {
    NewCounter read = reread(new OldCounter(), NewCounter.class);
    assertThat(read.total).isEqualTo(7);
    assertThat(read.added).isEqualTo(3);
  }

  @Test
  void readsEnumsByNameAndRefusesAConstantThatIsGone() {
    assertThat(reread(new Colored(Color.GREEN), FadedOne.class))
        .isEqualTo(new FadedOne(Faded.GREEN));
    Colored red = new Colored(Color.RED);
    assertThatThrownBy(() -> reread(red, FadedOne.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"RED\"")
        .hasMessageContaining("GREEN, GREY");
  }

  @Test
  void readsSubtypesByTheirNamesAndRefusesOneThatIsGone() {
    byte[] dog = Types.of(Pet.class).codec().encode(new Dog("rex"));
    assertThat(Types.of(LaterPet.class).codec().decode(dog)).isEqualTo(new Hound("rex", 0));
    byte[] cat = Types.of(Pet.class).codec().encode(new Cat("tom"));
    assertThatThrownBy(() -> Types.of(LaterPet.class).codec().decode(cat))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'cat'");
  }

  /** Every one of these has a field "value", of another type. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        Text.class,
        Whole.class,
        Truth.class,
        Moment.class,
        Several.class,
        Nested.class,
        FadedOne.class
      })
  void refusesEveryFieldWhoseTypeChangedUnreadably(Class<?> now) {
    List<Object> all =
        List.of(
            new Text("käte"),
            new Whole(1),
            new Truth(true),
            new Fraction(1.5),
            new Moment(Instant.EPOCH),
            new Several(List.of("a")),
            new Nested(new Text("b")));
    for (Object old : all) {
      boolean readable =
          old.getClass() == now
              || now == FadedOne.class // whose field is another one
              || (old instanceof Moment && now == Text.class); // stored as text
      if (readable) {
        assertThat(reread(old, now)).isNotNull();
      } else {
        assertThatThrownBy(() -> reread(old, now), "%s as %s", old, now)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(now.getTypeName());
      }
    }
  }

  @Test
  void readsATimeAsANumberWhereTheFieldSaysSo() {
    assertThat(reread(new Stamp(Instant.ofEpochSecond(7)), Stamp.class))
        .isEqualTo(new Stamp(Instant.ofEpochSecond(7)));
  }

  /** Bytes that have been stored; a change of what is written adds others and keeps these. */
  private static final String PAYMENT_1 =
      "bf6475736572656bc3a4746566616d6f756e740c657072696365c4822118646261747"
          + "81e313937302d30312d30315430303a30303a30372e3132333435363738395aff";

  private static final String COUNTER_1 = "bf647365656e806373756d00ff";

  @Test
  void readsAndWritesTheBytesOfEarlierVersions() {
    assertThat(Types.of(Payment.class).codec().decode(HexFormat.of().parseHex(PAYMENT_1)))
        .isEqualTo(PAYMENT);
    assertThat(Types.of(Counter.class).codec().decode(HexFormat.of().parseHex(COUNTER_1)))
        .usingRecursiveComparison()
        .isEqualTo(new Counter());
    assertThat(HexFormat.of().formatHex(encode(PAYMENT))).isEqualTo(PAYMENT_1);
    assertThat(HexFormat.of().formatHex(encode(new Counter()))).isEqualTo(COUNTER_1);
  }
}
