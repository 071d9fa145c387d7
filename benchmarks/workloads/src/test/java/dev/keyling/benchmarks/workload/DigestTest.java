package dev.keyling.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static Digest of(long... outputs) {
    Digest digest = new Digest();
    LongStream.of(outputs).forEach(digest::add);
    return digest;
  }

  @Test
  void takesOutputsInAnyOrderAndInParts() {
    Digest parts = of(3, 1);
    parts.add(of(2, 1));
    assertThat(parts.agreesWith(of(1, 1, 2, 3))).isTrue();
  }

  @Test
  void findsOneThatIsMissingOrDoubledOrAnother() {
    Digest right = of(1, 2, 3);
    assertThat(right.agreesWith(of(1, 2))).isFalse();
    assertThat(right.agreesWith(of(1, 2, 3, 3))).isFalse();
    assertThat(right.agreesWith(of(1, 2, 4))).isFalse();
    assertThat(right.agreesWith(of(2, 2, 2))).as("of the same sum").isFalse();
  }
}
