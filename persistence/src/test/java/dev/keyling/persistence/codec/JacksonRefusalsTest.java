package dev.keyling.persistence.codec;

import static dev.keyling.persistence.codec.JacksonCodecProviderTest.*;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.state.Codec;
import dev.keyling.state.Types;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be stored, or not be read back, is refused at once and by name. */
class JacksonRefusalsTest {
  record Changed(String user, String amount) {}

  sealed interface Plain permits PlainOne {}

  record PlainOne(int value) implements Plain {}

  record HoldsPlain(List<Plain> all) {}

  record HoldsAnything(Map<String, Object> all) {}

  static final class NoConstructor {
    private final int size;

    NoConstructor(int one, int two) {
      this.size = one + two;
    }
  }

  static final class NoFields {}

  static final class OverTheJdk extends BitSet {
    private static final long serialVersionUID = 1;
  }

  class Inner {
    int size;
  }

  record Positive(int value) {
    Positive {
      if (value < 0) {
        throw new IllegalArgumentException("negative");
      }
    }
  }

  record Tree(String name, List<Tree> children) {}

  @Test
  void refusesAFieldOfAnotherType() {
    byte[] stored = Types.of(Changed.class).codec().encode(new Changed("a", "12"));
    assertThatThrownBy(() -> Types.of(Payment.class).codec().decode(stored))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not of type " + Payment.class.getTypeName())
        .hasMessageContaining("long");
  }

  @Test
  void refusesBytesThatAreNotAValue() {
    Codec<Payment> codec = Types.of(Payment.class).codec();
    byte[] bytes = codec.encode(PAYMENT);
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(truncated))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Payment.class.getTypeName());
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> codec.decode(longer)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> codec.decode(new byte[] {(byte) 0xF6}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("null");
  }

  @Test
  void saysWhatAConstructorRefused() {
    record Loose(int value) {}
    byte[] stored = Types.of(Loose.class).codec().encode(new Loose(-1));
    assertThatThrownBy(() -> Types.of(Positive.class).codec().decode(stored))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Positive")
        .hasMessageContaining("negative");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        NoConstructor.class,
        NoFields.class,
        Inner.class,
        Plain.class,
        HoldsPlain.class,
        HoldsAnything.class,
        Object.class,
        Number.class,
        Runnable.class,
        Thread.class,
        BitSet.class,
        OverTheJdk.class,
        InputStream.class
      })
  void refusesAtOnceWhatItCannotStore(Class<?> type) {
    assertThatThrownBy(() -> Types.of(type).codec())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("values of type " + type.getTypeName() + " cannot be stored: ");
  }

  @Test
  void refusesAValueThatWouldComeBackAsAnotherClass() {
    assertThatThrownBy(() -> Types.of(Wrapper.class).codec().encode(new Special()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Special.class.getTypeName())
        .hasMessageContaining(Wrapper.class.getTypeName());
    @SuppressWarnings({"unchecked", "rawtypes"})
    Codec<Object> erased = (Codec) Types.of(Payment.class).codec();
    assertThatThrownBy(() -> erased.encode("text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void refusesWhatHasNoEnd() {
    List<Tree> children = new ArrayList<>();
    Tree tree = new Tree("endless", children);
    children.add(tree);
    assertThatThrownBy(() -> Types.of(Tree.class).codec().encode(tree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Tree");
  }

  @Test
  void refusesTextThatUtf8CannotExpress() {
    assertThatThrownBy(() -> Types.of(Text.class).codec().encode(new Text("a\ud800b", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Text");
  }
}
