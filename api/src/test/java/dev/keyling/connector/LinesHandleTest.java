package dev.keyling.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesHandleTest {
  private static final LinesHandle TWO =
      new LinesHandle(List.of(new Segment(5, 7, 0x1234abcd), new Segment(12, 1L << 33, -1)));

  /** Format 1 as it was first released: must be readable for ever. */
  private static final String TWO_IN_FORMAT_1 =
      "4b4c530100000002"
          + "000000000000000500000000000000071234abcd"
          + "000000000000000c0000000200000000ffffffff"
          + "1246adf0";

  @Test
  void readsFormat1() throws Exception {
    assertThat(HexFormat.of().formatHex(TWO.encode())).isEqualTo(TWO_IN_FORMAT_1);
    assertThat(LinesHandle.decode(HexFormat.of().parseHex(TWO_IN_FORMAT_1))).isEqualTo(TWO);
    assertThat(LinesHandle.decode(LinesHandle.NOTHING.encode())).isEqualTo(LinesHandle.NOTHING);
  }

  @Test
  void endsWhereItsLastSegmentEnds() {
    assertThat(TWO.end()).isEqualTo(12 + (1L << 33));
    assertThat(LinesHandle.NOTHING.end()).isZero();
  }

  @Test
  void refusesEveryFlippedBit() {
    for (int bit = 0; bit < 8 * TWO.encode().length; bit++) {
      byte[] damaged = TWO.encode();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> LinesHandle.decode(damaged)).hasMessageContaining("lines sink");
    }
  }

  @Test
  void refusesEveryOtherLength() {
    for (int length = 0; length < TWO.encode().length + 9; length++) {
      byte[] other = Arrays.copyOf(TWO.encode(), length);
      if (length != TWO.encode().length) {
        assertThatThrownBy(() -> LinesHandle.decode(other)).hasMessageContaining("lines sink");
      }
    }
  }
}
