package dev.keyling.actors;

import static dev.keyling.time.TimeDomain.EVENT_TIME;
import static dev.keyling.time.TimeDomain.PROCESSING_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerIndexTest {
  private static final long NONE = Long.MAX_VALUE;

  private final TimerIndex index = new TimerIndex();

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(List<byte[]> keys) {
    return keys.stream().map(key -> new String(key, StandardCharsets.UTF_8)).toList();
  }

  @Test
  void givesTheKeysThatAreDueByTimeThenByKey() {
    index.move(EVENT_TIME, key("c"), NONE, 1);
    index.move(EVENT_TIME, key("b"), NONE, 2);
    index.move(EVENT_TIME, key("a"), NONE, 2);
    index.move(EVENT_TIME, key("d"), NONE, 3);
    assertThat(names(index.due(EVENT_TIME, 2))).containsExactly("c", "a", "b");
    assertThat(index.due(EVENT_TIME, 0)).isEmpty();
    assertThat(index.soonest(EVENT_TIME)).isEqualTo(1);
  }

  @Test
  void movesAKeyAndForgetsIt() {
    index.move(EVENT_TIME, key("a"), NONE, 5);
    index.move(EVENT_TIME, key("a"), 5, 9);
    assertThat(index.due(EVENT_TIME, 8)).isEmpty();
    assertThat(names(index.due(EVENT_TIME, 9))).containsExactly("a");
    index.move(EVENT_TIME, key("a"), 9, NONE);
    assertThat(index.soonest(EVENT_TIME)).isEqualTo(NONE);
  }

  @Test
  void keepsTheDomainsApart() {
    index.move(EVENT_TIME, key("a"), NONE, 1);
    index.move(PROCESSING_TIME, key("b"), NONE, Long.MIN_VALUE);
    assertThat(index.soonest(EVENT_TIME)).isEqualTo(1);
    assertThat(names(index.due(PROCESSING_TIME, 0))).containsExactly("b");
  }
}
