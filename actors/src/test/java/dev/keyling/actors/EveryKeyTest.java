package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Segment;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of input of one key group, with keys that sleep in rows and keys whose changes wait. */
class EveryKeyTest {
  private static final GroupAddress ADDRESS = new GroupAddress("flow", "step", 0);
  private static final int KEYS = 5_000;

  /** How many keys may be awake. */
  private static final int FEW = 50;

  /** With this, what is complete becomes rows at once. */
  private static final String SOON = "1 B";

  @TempDir Path dir;
  private GroupDriver group;

  /** Remembers a number until it is told a negative one; at the end it says so and forgets it. */
  private static final class Guest implements KeyedProcessFunction<String, Long, String> {
    private final ValueState<Long> number;

    Guest(RuntimeContext ctx) {
      number = ctx.getState(new ValueStateDescriptor<>("number", Types.LONG));
    }

    @Override
    public void processElement(Long value, Context<String> ctx, Collector<String> out) {
      if (value < 0) {
        number.clear();
      } else {
        number.update(value);
      }
    }

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + "=" + number.value());
      number.clear();
    }
  }

  @BeforeEach
  void start() {
    group = driver(SOON);
    group.open();
    send(key -> key % 2 == 0, 1);
    intoRows();
  }

  private GroupDriver driver(String flushSize) {
    return new GroupDriver(
        dir,
        InstantSource.system(),
        Guest::new,
        "keyling.actors.max-live-keys",
        String.valueOf(FEW),
        "keyling.actors.flush-size",
        flushSize);
  }

  @AfterEach
  void stop() {
    group.close();
  }

  private static String name(int key) {
    return "key%05d".formatted(key);
  }

  private void send(IntPredicate keys, long value) {
    group.batch(
        IntStream.range(0, KEYS)
            .filter(keys)
            .boxed()
            .flatMap(key -> Stream.of(name(key), value))
            .toArray());
  }

  private void intoRows() {
    long id = group.seal();
    group.complete(id);
    awaitRows(id);
  }

  private void awaitRows(long id) {
    group.awaitAssert(() -> assertThat(group.rows().mark(ADDRESS).map(Mark::id)).hasValue(id));
  }

  /** Returns what every key says that holds a number, in key order. */
  private static List<Object> ends(IntFunction<@Nullable Integer> numberOf) {
    List<Object> ends = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      Integer number = numberOf.apply(key);
      if (number != null) {
        ends.add(name(key) + "=" + number);
      }
    }
    return ends;
  }

  @Test
  void reachesEveryKeyOnceInKeyOrderHalfInRowsAndHalfNotYet() {
    send(key -> key % 2 == 1 || key % 10 == 0, 2);
    group.endInput();
    assertThat(group.outputs()).isEqualTo(ends(key -> key % 2 == 1 || key % 10 == 0 ? 2 : 1));
  }

  @Test
  void wakesNoMoreKeysAtOnceThanMayBeAwake() {
    send(key -> key % 2 == 1, 2);
    group.endInput();
    assertThat(group.outputs()).hasSize(KEYS);
    assertThat(group.home.portions()).allMatch(portion -> portion.size() <= FEW);
  }

  @Test
  void reachesEveryKeyOnceThoughChangesBecomeRowsBetweenTwoPages() {
    send(key -> key % 2 == 1, 2);
    becomesRowsAfter(10, group.tellSeal());
    group.endInput();
    assertThat(group.outputs()).isEqualTo(ends(key -> key % 2 == 1 ? 2 : 1));
  }

  @Test
  void leavesKeysOutThatHoldNothingAnyMoreThoughTheirRowsGoBetweenTwoPages() {
    send(key -> key % 3 == 0, -1);
    becomesRowsAfter(10, group.tellSeal());
    group.endInput();
    assertThat(group.outputs()).isEqualTo(ends(key -> key % 2 == 0 && key % 3 != 0 ? 1 : null));
  }

  /**
   * When so many outputs have come, the checkpoint is complete, and the next waits for its rows.
   */
  private void becomesRowsAfter(int outputs, long id) {
    group.next(GroupEvent.Committed.class);
    AtomicInteger seen = new AtomicInteger();
    group.home.accept(
        () -> {
          if (seen.incrementAndGet() == outputs) {
            group.complete(id);
            awaitRows(id);
          }
          return true;
        });
  }

  @Test
  void aLifeThatEndsInTheMiddleIsForgottenAndTheNextReachesEveryKey() {
    AtomicInteger left = new AtomicInteger(10);
    group.home.accept(() -> left.decrementAndGet() > 0);
    group.tellEndInput();
    group.awaitAssert(() -> assertThat(left).hasValue(0));
    int before = group.outputs().size();
    group.home.accept(() -> true);
    group.open();
    group.endInput();
    List<Object> ofNextLife = group.outputs().subList(before, group.outputs().size());
    assertThat(ofNextLife).isEqualTo(ends(key -> key % 2 == 0 ? 1 : null));
  }

  @Test
  void reachesKeysThatRecoveryFoundInTheJournalBetweenThoseInRows() {
    List<Segment> complete = List.copyOf(group.segments);
    group.close();
    group = driver("1 GiB");
    complete.forEach(group::valid);
    group.open();
    send(key -> key % 4 == 1, 2);
    group.complete(group.seal());
    group.replace();
    group.open();
    group.endInput();
    assertThat(group.outputs())
        .isEqualTo(ends(key -> key % 2 == 0 ? Integer.valueOf(1) : key % 4 == 1 ? 2 : null));
  }

  @Test
  void leavesNothingBehindOfKeysThatForgetAtTheEnd() {
    send(key -> key % 2 == 1, 2);
    group.endInput();
    intoRows();
    assertThat(group.rows().keys(ADDRESS, History.everything(), null, KEYS)).isEmpty();
  }
}
