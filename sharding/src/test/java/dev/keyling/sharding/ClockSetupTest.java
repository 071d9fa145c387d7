package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.world.HandClock;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application whose time is moved by hand. */
class ClockSetupTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  @TempDir private Path dir;

  /** Remembers, an hour after an element, what time it was then. */
  private static final class AnHourLater implements KeyedProcessFunction<String, String, String> {
    private final ValueState<Long> firedAt;

    AnHourLater(RuntimeContext ctx) {
      firedAt = ctx.getState(new ValueStateDescriptor<>("firedAt", Types.LONG));
    }

    @Override
    public void processElement(String value, Context<String> ctx, Collector<String> out) {
      long now = ctx.timerService().currentProcessingTime();
      ctx.timerService().registerProcessingTimeTimer(now + HOUR);
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      firedAt.update(ctx.timerService().currentProcessingTime());
    }
  }

  @Test
  void timersFireWhenTheGivenClockGetsThere() {
    HandClock clock = new HandClock();
    clock.set(5);
    Map<String, Object> settings =
        Map.of(
            "keyling.persistence.leveldb.dir",
            dir.toString(),
            "keyling.persistence.leveldb.key-groups",
            4,
            "keyling.actors.max-timer-sleep",
            "5ms");
    try (LocalSystem system =
        LocalSystem.start("by-hand", ConfigFactory.parseMap(settings), clock)) {
      KeyedRef<String, String, String> step =
          system.keyling().keyed("later", Types.STRING, AnHourLater::new);
      TestSystem.await(step.tell("a", "now"));
      clock.set(4 + HOUR);
      assertThat(TestSystem.await(step.view("a")).states()).isEmpty();
      clock.set(5 + HOUR);
      TestSystem.until("it has fired", () -> !TestSystem.await(step.view("a")).states().isEmpty());
      assertThat(TestSystem.await(step.view("a")).states()).containsEntry("firedAt", 5 + HOUR);
    }
  }
}
