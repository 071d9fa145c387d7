package dev.keyling.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.Proves;
import dev.keyling.time.WatermarkStrategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Proves("F9")
class WatermarkGeneratorTest {
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  private static WatermarkGenerator bounded(Duration bound) {
    return WatermarkGenerator.of(WatermarkStrategy.forBoundedOutOfOrderness(bound));
  }

  private static long watermarkAfter(WatermarkGenerator generator, long... timestamps) {
    for (long timestamp : timestamps) {
      generator.onElement(timestamp, 0);
    }
    return generator.watermark();
  }

  @Test
  void staysOneMillisecondAndTheBoundBehindTheGreatestTimestamp() {
    assertThat(watermarkAfter(bounded(Duration.ofMillis(5)), 100)).isEqualTo(94);
    assertThat(watermarkAfter(bounded(Duration.ofNanos(1)), 100)).isEqualTo(98);
    WatermarkStrategy monotonous = WatermarkStrategy.forMonotonousTimestamps();
    assertThat(watermarkAfter(WatermarkGenerator.of(monotonous), 100)).isEqualTo(99);
  }

  @Test
  void neverGoesBack() {
    assertThat(watermarkAfter(bounded(Duration.ZERO), 100, 50)).isEqualTo(99);
  }

  @Test
  void startsAtTheLowest() {
    assertThat(bounded(Duration.ZERO).watermark()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void doesNotOverflow() {
    assertThat(watermarkAfter(bounded(Duration.ZERO), Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(watermarkAfter(bounded(Duration.ofMillis(9)), Long.MIN_VALUE + 9))
        .isEqualTo(Long.MIN_VALUE);
    assertThat(watermarkAfter(bounded(Duration.ofMillis(9)), Long.MIN_VALUE + 11))
        .isEqualTo(Long.MIN_VALUE + 1);
    assertThat(watermarkAfter(bounded(LONGEST), -5)).isEqualTo(Long.MIN_VALUE);
    assertThat(watermarkAfter(bounded(LONGEST), Long.MAX_VALUE)).isZero();
    assertThat(watermarkAfter(bounded(Duration.ZERO), Long.MAX_VALUE))
        .isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void staysAtTheLowestWithoutWatermarks() {
    WatermarkGenerator none = WatermarkGenerator.of(WatermarkStrategy.noWatermarks());
    assertThat(watermarkAfter(none, 100)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void isIdleWhenNoElementCameForTheTimeout() {
    WatermarkGenerator generator =
        WatermarkGenerator.of(
            WatermarkStrategy.forMonotonousTimestamps().withIdleness(Duration.ofMillis(10)));
    assertThat(generator.isIdle(1_000)).isFalse();
    assertThat(generator.isIdle(1_009)).isFalse();
    assertThat(generator.isIdle(1_010)).isTrue();
    generator.onElement(1, 1_020);
    assertThat(generator.isIdle(1_029)).isFalse();
    assertThat(generator.isIdle(1_030)).isTrue();
    assertThat(generator.watermark()).isZero();
  }

  @Test
  void isNeverIdleWithoutATimeout() {
    WatermarkGenerator generator = bounded(Duration.ZERO);
    assertThat(generator.isIdle(0)).isFalse();
    assertThat(generator.isIdle(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void goesOnWhereItWasAfterARestart() {
    WatermarkGenerator before = bounded(Duration.ofMillis(5));
    before.onElement(100, 0);
    WatermarkGenerator after = bounded(Duration.ofMillis(5));
    after.restore(before.state());
    assertThat(after.watermark()).isEqualTo(94);
    assertThat(watermarkAfter(after, 50)).isEqualTo(94);
    assertThat(watermarkAfter(after, 200)).isEqualTo(194);
    WatermarkGenerator fresh = bounded(Duration.ZERO);
    fresh.restore(bounded(Duration.ZERO).state());
    assertThat(fresh.watermark()).isEqualTo(Long.MIN_VALUE);
  }
}
