package dev.keyling.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.semantics.Proves;
import dev.keyling.state.StateTtlConfig.StateVisibility;
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.state.StateTtlConfig.UpdateType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** SEMANTICS T1, T8, D3. */
class StateTtlConfigTest {
  @Test
  @Proves({"T2", "T3"})
  void hasTheDefaultsOfFlink() {
    StateTtlConfig config = StateTtlConfig.newBuilder(Duration.ofSeconds(1)).build();
    assertThat(config.isEnabled()).isTrue();
    assertThat(config.getTimeToLive()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.getUpdateType()).isEqualTo(UpdateType.OnCreateAndWrite);
    assertThat(config.getStateVisibility()).isEqualTo(StateVisibility.NeverReturnExpired);
    assertThat(config.getTtlTimeCharacteristic()).isEqualTo(TtlTimeCharacteristic.ProcessingTime);
    assertThat(config.isSwept()).isTrue();
  }

  @Test
  @Proves("T1")
  void takesMillisecondsToo() {
    assertThat(StateTtlConfig.newBuilder(1000).build())
        .isEqualTo(StateTtlConfig.newBuilder(Duration.ofSeconds(1)).build());
  }

  @Test
  @Proves("T1")
  void refusesAnythingBelowAMillisecond() {
    assertThatThrownBy(() -> StateTtlConfig.newBuilder(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a time to live is at least 1 ms, not 0 ms");
    assertThatThrownBy(() -> StateTtlConfig.newBuilder(Duration.ofNanos(999_999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StateTtlConfig.newBuilder(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheLongestDuration() {
    assertThat(StateTtlConfig.newBuilder(Duration.ofSeconds(Long.MAX_VALUE)).build().isEnabled())
        .isTrue();
  }

  @Test
  void refusesCleanupSizesBelowOne() {
    StateTtlConfig.Builder builder = StateTtlConfig.newBuilder(1);
    assertThatThrownBy(() -> builder.cleanupIncrementally(0, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.cleanupInRocksdbCompactFilter(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Proves({"T8", "T9", "T10", "T11"})
  void sweepsUnlessTheBackgroundIsOffAndNothingIsChosen() {
    assertThat(StateTtlConfig.newBuilder(1).disableCleanupInBackground().build().isSwept())
        .isFalse();
    assertThat(
            StateTtlConfig.newBuilder(1)
                .cleanupFullSnapshot()
                .disableCleanupInBackground()
                .build()
                .isSwept())
        .isTrue();
    assertThat(
            StateTtlConfig.newBuilder(1)
                .disableCleanupInBackground()
                .cleanupInRocksdbCompactFilter(1000, Duration.ofDays(30))
                .build()
                .isSwept())
        .isTrue();
  }

  @Test
  @SuppressWarnings("NullAway") // that is the test
  @Proves("D3")
  void aDescriptorRefusesNullAndCanBeSwitchedOff() {
    var descriptor = new ValueStateDescriptor<>("value", Types.LONG);
    assertThatThrownBy(() -> descriptor.enableTimeToLive(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("DISABLED switches off");
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(1).build());
    descriptor.enableTimeToLive(StateTtlConfig.DISABLED);
    assertThat(descriptor.getTtlConfig().isEnabled()).isFalse();
  }
}
