package dev.keyling.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatermarkStrategyTest {
  @Test
  void saysWhatItWasMadeWith() {
    WatermarkStrategy strategy =
        WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(3))
            .withIdleness(Duration.ofSeconds(9));
    assertThat(strategy.bound()).contains(Duration.ofSeconds(3));
    assertThat(strategy.idleness()).contains(Duration.ofSeconds(9));
    assertThat(strategy.isNone()).isFalse();
    assertThat(WatermarkStrategy.forMonotonousTimestamps().bound()).contains(Duration.ZERO);
    assertThat(WatermarkStrategy.forMonotonousTimestamps().idleness()).isEmpty();
    assertThat(WatermarkStrategy.noWatermarks().isNone()).isTrue();
    assertThat(WatermarkStrategy.noWatermarks().withIdleness(Duration.ofMillis(1)).isNone())
        .isTrue();
  }

  @Test
  void refusesANegativeBoundAndATimeoutOfNothing() {
    assertThatThrownBy(() -> WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the bound must be 0 or more, not PT-0.001S");
    WatermarkStrategy none = WatermarkStrategy.noWatermarks();
    assertThatThrownBy(() -> none.withIdleness(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the idle timeout must be greater than 0, not PT0S");
    assertThatThrownBy(() -> none.withIdleness(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
