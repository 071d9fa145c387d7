package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActorsSettingsTest {
  private static final long MB = 1 << 20;

  @Test
  void limitsFollowTheHeapUnlessTheyAreSaid() {
    ActorsSettings small = ActorsSettings.from(ConfigFactory.load(), 512 * MB);
    assertThat(small.maxLiveKeys()).isEqualTo(58_254);
    assertThat(small.flushBytes()).isEqualTo(4 * MB);
    assertThat(small.maxUnflushed()).isEqualTo(512 * MB / 10);
    ActorsSettings large = ActorsSettings.from(ConfigFactory.load(), 16_384 * MB);
    assertThat(large.maxLiveKeys()).isEqualTo(1_864_135);
    assertThat(large.flushBytes()).isEqualTo(64 * MB);
    ActorsSettings said =
        ActorsSettings.from(
            ConfigFactory.parseMap(
                    Map.of("keyling.actors.max-live-keys", 7, "keyling.actors.flush-size", "3MiB"))
                .withFallback(ConfigFactory.load()),
            512 * MB);
    assertThat(said.maxLiveKeys()).isEqualTo(7);
    assertThat(said.flushBytes()).isEqualTo(3 * MB);
  }
}
