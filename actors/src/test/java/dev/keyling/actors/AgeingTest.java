package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When all keys of a group take a turn for a time to live, and when none does. */
class AgeingTest {
  @TempDir private Path dir;
  private final AtomicInteger made = new AtomicInteger();

  private GroupDriver group(StateTtlConfig ttl) {
    Function<RuntimeContext, KeyedProcessFunction<String, Long, Object>> factory =
        ctx -> {
          made.incrementAndGet();
          ValueStateDescriptor<Long> last = new ValueStateDescriptor<>("last", Types.LONG);
          last.enableTimeToLive(ttl);
          ValueState<Long> state = ctx.getState(last);
          return (value, context, out) -> state.update(value);
        };
    return new GroupDriver(dir, InstantSource.system(), factory);
  }

  private static void store(GroupDriver group) {
    group.open();
    group.batch("a", 1L, "b", 2L);
    group.complete(group.seal());
  }

  private static final StateTtlConfig HOUR = StateTtlConfig.newBuilder(3_600_000).build();

  @Test
  void aStartWithTheTimeToLiveThatKeysWereWrittenWithWakesNone() {
    GroupDriver group = group(HOUR);
    try {
      store(group);
      group.open();
      group.fireTimers();
      assertThat(made).hasValue(2);
    } finally {
      group.close();
    }
  }

  @Test
  void aStartWithoutAnyTimeToLiveWakesNone() {
    GroupDriver group = group(StateTtlConfig.DISABLED);
    try {
      store(group);
      group.open();
      group.expectNothing();
      group.fireTimers();
      assertThat(made).hasValue(2);
    } finally {
      group.close();
    }
  }
}
