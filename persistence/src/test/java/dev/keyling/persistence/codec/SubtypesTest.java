package dev.keyling.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.impl.ClassNameIdResolver;
import dev.keyling.state.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored data never decides which class is loaded. */
class SubtypesTest {
  interface Open {}

  @JsonTypeInfo(use = Id.CLASS)
  interface ByClass {}

  record OneByClass(int value) implements ByClass {}

  @JsonTypeInfo(use = Id.MINIMAL_CLASS)
  interface ByMinimalClass {}

  @JsonTypeInfo(use = Id.CUSTOM)
  @JsonTypeIdResolver(ClassNameIdResolver.class)
  interface ByResolver {}

  @JsonTypeInfo(use = Id.DEDUCTION)
  @JsonSubTypes(@JsonSubTypes.Type(Deduced.class))
  interface ByDeduction {}

  record Deduced(int value) implements ByDeduction {}

  record InAField(@JsonTypeInfo(use = Id.CLASS) Open open) {}

  record InElements(@JsonTypeInfo(use = Id.CLASS) List<Open> open) {}

  record InAnObject(@JsonTypeInfo(use = Id.CLASS) Object any) {}

  record Behind(Map<String, Optional<List<ByClass>>> deep) {}

  record BehindAnAnnotation(@JsonDeserialize(as = OneByClass.class) Object hidden) {}

  @JsonTypeInfo(use = Id.NAME)
  @JsonSubTypes(@JsonSubTypes.Type(Hiding.class))
  interface Named {}

  record Hiding(List<ByClass> hidden) implements Named {}

  @JsonTypeInfo(use = Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Leaf.class), @JsonSubTypes.Type(Both.class)})
  sealed interface Expression permits Leaf, Both {}

  record Leaf(int value) implements Expression {}

  record Both(Expression left, Expression right) implements Expression {}

  record NamedAtTheField(
      @JsonTypeInfo(use = Id.NAME) @JsonSubTypes(@JsonSubTypes.Type(Shut.class))
          List<Open> values) {}

  record Shut(int value) implements Open {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        ByClass.class,
        OneByClass.class,
        ByMinimalClass.class,
        ByResolver.class,
        ByDeduction.class,
        InAField.class,
        InElements.class,
        InAnObject.class,
        Behind.class,
        BehindAnAnnotation.class,
        Named.class
      })
  void everythingButNamesIsRefusedWhenTheCodecIsMade(Class<?> type) {
    assertThatThrownBy(() -> Types.of(type).codec())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("values of type " + type.getTypeName() + " cannot be stored: ")
        .hasMessageMatching(".*(decide which class is loaded; use @Json.*|use NAME instead)");
  }

  @Test
  void namedClassesAreStored() {
    Expression sum = new Both(new Leaf(1), new Both(new Leaf(2), new Leaf(3)));
    var codec = Types.of(Expression.class).codec();
    assertThat(codec.decode(codec.encode(sum))).isEqualTo(sum);
    var fields = Types.of(NamedAtTheField.class).codec();
    NamedAtTheField named = new NamedAtTheField(List.of(new Shut(4)));
    assertThat(fields.decode(fields.encode(named))).isEqualTo(named);
  }
}
