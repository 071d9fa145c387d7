package dev.keyling.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The known answers of the reference implementation with seed 0. */
class Murmur3Test {
  @ParameterizedTest
  @CsvSource({
    "test, ba6bd213",
    "'Hello, world!', c0363e43",
    "The quick brown fox jumps over the lazy dog, 2e4ff723",
    "abc, b3dd93fa",
  })
  void hashesText(String text, String expected) {
    assertHash(text.getBytes(UTF_8), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 00000000",
    "ffffffff, 76293b50",
    "21436587, f55b516b",
    "214365, 7e4a8634",
    "2143, a0f7b07a",
    "21, 72661cf4",
    "00000000, 2362f9de",
    "000000, 85f0b427",
    "0000, 30f4c306",
    "00, 514e28b7",
  })
  void hashesBytes(String hex, String expected) {
    assertHash(HexFormat.of().parseHex(hex), expected);
  }

  private static void assertHash(byte[] bytes, String expected) {
    assertThat(HexFormat.of().toHexDigits(Murmur3.hash(bytes))).isEqualTo(expected);
  }
}
