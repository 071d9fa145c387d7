package dev.keyling.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.Proves;
import dev.keyling.semantics.world.HandClock;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y8: the cache of enrichCached does not grow for ever. */
@Proves("Y8")
class ExpiringTest {
  private final HandClock clock = new HandClock();
  private int asked;

  private final Expiring<Integer, Integer> cache =
      new Expiring<>(
          key -> {
            asked++;
            return 2 * key;
          },
          10,
          clock,
          "here");

  @Test
  void whatIsTooOldGoesThoughNobodyAsksForIt() throws Exception {
    for (int key = 0; key < 10_000; key++) {
      clock.set(key);
      assertThat(cache.get(key)).isEqualTo(2 * key);
    }
    assertThat(cache.size()).isLessThanOrEqualTo(1000);
    assertThat(asked).isEqualTo(10_000);
  }

  @Test
  void whatIsGoodStaysHoweverMuchThereIs() throws Exception {
    for (int key = 0; key < 10_000; key++) {
      cache.get(key);
    }
    for (int key = 0; key < 10_000; key++) {
      cache.get(key);
    }
    assertThat(asked).isEqualTo(10_000);
  }
}
