package dev.keyling.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.state.Types;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private enum Suit {
    HEARTS
  }

  @Test
  void describesEveryKindOfKey() {
    assertThat(KeyText.describe(encoded("käte"))).isEqualTo("\"käte\"");
    assertThat(KeyText.describe(encoded(-42L))).isEqualTo("-42 (long)");
    assertThat(KeyText.describe(encoded(7))).isEqualTo("7 (int)");
    assertThat(KeyText.describe(encoded((short) -1))).isEqualTo("-1 (short)");
    assertThat(KeyText.describe(encoded((byte) 3))).isEqualTo("3 (byte)");
    assertThat(KeyText.describe(encoded(new UUID(1, 2)))).isEqualTo(new UUID(1, 2) + " (uuid)");
    assertThat(KeyText.describe(encoded(Suit.HEARTS))).isEqualTo("HEARTS (enum)");
    assertThat(KeyText.describe(GroupKey.bytes())).isEqualTo("of no key");
    assertThat(KeyText.describe(new byte[] {'l', 1})).isEqualTo("6c01 (hex)");
    assertThat(KeyText.describe(new byte[0])).isEqualTo(" (hex)");
  }

  @Test
  void readsATextAsEveryKindOfKeyItMayBe() {
    assertThat(KeyText.readings("42").keySet())
        .containsExactly("string", "long", "int", "short", "byte", "hex");
    assertThat(KeyText.readings("42").get("string")).isEqualTo(encoded("42"));
    assertThat(KeyText.readings("42").get("long")).isEqualTo(encoded(42L));
    assertThat(KeyText.readings("42").get("int")).isEqualTo(encoded(42));
    assertThat(KeyText.readings("-129").keySet()).containsExactly("string", "long", "int", "short");
    assertThat(KeyText.readings("HEARTS").get("enum")).isEqualTo(encoded(Suit.HEARTS));
    UUID uuid = new UUID(1, 2);
    assertThat(KeyText.readings(uuid.toString()).get("uuid")).isEqualTo(encoded(uuid));
    assertThat(KeyText.readings("no number").keySet()).containsExactly("string");
  }

  @Test
  void namesTheGroupsThatMayHoldAKey() {
    KeyCodec<String> strings = KeyCodec.of(Types.STRING, "a test");
    int group = KeyCodec.groupOf(strings.hash("user1"), 128);
    assertThat(KeyText.groups(encoded("user1"), 128)).isEqualTo(List.of(group));
    assertThat(KeyText.groups(encoded(3), 128)).hasSize(2).endsWith(3);
    assertThat(KeyText.groups(encoded(-3), 128)).hasSize(1);
  }

  private static byte[] encoded(Object key) {
    return KeyCodec.<Object>of(null, "a test").encode(key);
  }
}
