package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that takes long gets an actor of its own, and others of its group go on meanwhile. */
class OwnActorTest {
  @TempDir private Path dir;
  private final CountDownLatch gate = new CountDownLatch(1);
  private GroupDriver group;

  /** Counts; "long" takes 2 ms, "gate" waits for "open" of another key. */
  private final class Counting implements KeyedProcessFunction<String, String, String> {
    private final ValueState<Long> count;

    Counting(RuntimeContext ctx) {
      count = ctx.getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(String what, Context<String> ctx, Collector<String> out)
        throws Exception {
      Long before = count.value();
      count.update(before == null ? 1 : before + 1);
      if (what.equals("long")) {
        long end = System.nanoTime() + 2_000_000;
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      } else if (what.equals("gate")) {
        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
      } else if (what.equals("open")) {
        gate.countDown();
      } else if (what.equals("fail")) {
        throw new IllegalStateException("as told");
      }
    }
  }

  private void open(String ownActorAfter) {
    group =
        new GroupDriver(
            dir,
            InstantSource.system(),
            Counting::new,
            "keyling.actors.own-actor-after",
            ownActorAfter);
    group.open();
  }

  @AfterEach
  void stop() {
    gate.countDown();
    group.close();
  }

  private Object countOf(String key) {
    return group.view(key).states().get("count");
  }

  @Test
  void othersOfItsGroupGoOnWhileAKeyTakesLong() {
    open("1ms");
    for (int i = 0; i < 4; i++) { // the first is not watched, and once does not count
      group.batch("slow", "long", "quick", "go");
    }
    group.tellElements("slow", "gate");
    group.tellElements("quick", "open");
    group.answers(2);
    assertThat(countOf("slow")).isEqualTo(5L);
    group.complete(group.seal());
    group.open();
    assertThat(countOf("slow")).isEqualTo(5L);
    assertThat(countOf("quick")).isEqualTo(5L);
  }

  @Test
  void eachKeyHasAnActorIfNothingIsShortEnough() {
    open("0s");
    group.tellElements("slow", "gate");
    group.tellElements("quick", "open");
    group.answers(2);
    assertThat(countOf("slow")).isEqualTo(1L);
  }

  @Test
  void itsFunctionMayThrowThereToo() {
    open("1ms");
    for (int i = 0; i < 4; i++) {
      group.batch("slow", "long");
    }
    group.tellElements("slow", "fail");
    assertThat(group.next(GroupEvent.Failed.class).cause())
        .hasMessageContaining("key \"slow\"")
        .hasMessageContaining("as told");
  }
}
