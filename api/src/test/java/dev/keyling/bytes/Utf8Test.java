package dev.keyling.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  /** What strings can go wrong with: question marks, replacements, halves, pairs. */
  private static final char[] CHARS = {
    'a', '?', 'ä', '€', '\uFFFD', '\uD83D', '\uDE00', 0, '\uFFFF'
  };

  private static String random(Random random) {
    StringBuilder string = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      string.append(CHARS[random.nextInt(CHARS.length)]);
    }
    return string.toString();
  }

  @Test
  void losesNothingAndGivesEveryStringItsOwnBytes() {
    Random random = new Random(1);
    Map<String, String> byBytes = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      String string = random(random);
      byte[] bytes = Utf8.encode(string);
      assertThat(Utf8.decode(bytes)).isEqualTo(string);
      assertThat(byBytes.putIfAbsent(Arrays.toString(bytes), string)).isIn(null, string);
    }
  }

  @Test
  void isUtf8ForAllThatUtf8CanExpress() {
    for (String string : new String[] {"", "plain?", "ä€\uD83D\uDE00\uFFFD?"}) {
      assertThat(Utf8.encode(string)).isEqualTo(string.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void acceptsNoBytesThatNoStringHas() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = Utf8.encode(random(random));
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      String decoded;
      try {
        decoded = Utf8.decode(bytes);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("malformed UTF-8 at byte ");
        continue;
      }
      assertThat(Utf8.encode(decoded)).isEqualTo(bytes);
    }
  }

  @Test
  void refusesAPairThatWasWrittenAsTwoHalves() {
    byte[] halves = {(byte) 0xED, (byte) 0xA0, (byte) 0xBD, (byte) 0xED, (byte) 0xB8, (byte) 0x80};
    assertThatThrownBy(() -> Utf8.decode(halves))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("malformed UTF-8 at byte 3");
  }
}
