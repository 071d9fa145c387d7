package dev.keyling.actors;

import static dev.keyling.actors.Ledger.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.actors.GroupEvent.Failed;
import dev.keyling.actors.Ledger.Order;
import dev.keyling.actors.Ledger.What;
import dev.keyling.persistence.GroupAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key group through its lives, with a real store. */
class KeyGroupTest {
  @TempDir private Path dir;
  private final AtomicLong now = new AtomicLong(1_000);
  private GroupDriver group;

  @BeforeEach
  void start() {
    group =
        new GroupDriver(
            dir,
            () -> Instant.ofEpochMilli(now.get()),
            Ledger::new,
            "keyling.actors.commit-part-size",
            "1KiB",
            "keyling.actors.max-live-keys",
            "4",
            "keyling.actors.flush-interval",
            "20ms");
    group.open();
  }

  @AfterEach
  void stop() {
    group.close();
  }

  private Object sumOf(String key) {
    return group.view(key).states().get("sum");
  }

  @Test
  void aNewLifeHoldsWhatIsCompleteAndNothingElse() {
    group.batch("a", sum(1), "b", sum(2), "a", sum(3));
    group.complete(group.seal());
    group.batch("a", sum(100));
    group.seal();
    group.batch("b", sum(100));
    assertThat(sumOf("a")).isEqualTo(104L);
    group.open();
    assertThat(sumOf("a")).isEqualTo(4L);
    assertThat(sumOf("b")).isEqualTo(2L);
    group.batch("a", sum(1));
    group.complete(group.seal());
    group.replace();
    group.open();
    assertThat(sumOf("a")).isEqualTo(5L);
  }

  @Test
  void theCommitOfACheckpointThatWasGivenUpIsPartOfTheNextThatCompletes() {
    group.batch("a", sum(1));
    group.seal();
    group.batch("b", sum(2));
    group.complete(group.seal());
    group.open();
    assertThat(sumOf("a")).isEqualTo(1L);
    assertThat(sumOf("b")).isEqualTo(2L);
  }

  @Test
  void manySealsMayBeUnderWayAtOnce() {
    long last = 0;
    for (int i = 0; i < 50; i++) {
      group.batch("k" + i % 7, sum(i));
      last = group.tellSeal();
    }
    for (int i = 0; i < 50; i++) {
      group.next(GroupEvent.Committed.class);
    }
    group.complete(last);
    group.open();
    assertThat(sumOf("k1")).isEqualTo(1L + 8 + 15 + 22 + 29 + 36 + 43);
  }

  @Test
  void aSealWithoutChangesIsDurableAtOnce() {
    group.seal();
    group.complete(group.seal());
    group.batch("a", sum(1));
    group.complete(group.seal());
    group.open();
    assertThat(sumOf("a")).isEqualTo(1L);
  }

  @Test
  void aBatchOfAnOlderAttemptChangesNothing() {
    group.batch("a", sum(1));
    group.complete(group.seal());
    group.open();
    group.tellBatch(group.attempt() - 1, 0, "a", sum(100));
    group.tellBatch(group.attempt(), 0, "b", sum(1));
    group.batch("b", sum(1));
    assertThat(sumOf("a")).isEqualTo(1L);
    assertThat(sumOf("b")).isEqualTo(2L);
  }

  @Test
  void aLostBatchFailsTheAttempt() {
    group.batch("a", sum(1));
    group.tellBatch(group.attempt(), 2, "a", sum(100));
    assertThat(group.next(Failed.class).cause())
        .hasMessageContaining("batch 2 of lane 0 came instead of 1: one was lost");
    group.open();
    assertThat(group.view("a").states()).isEmpty();
  }

  @Test
  void aFunctionThatThrowsFailsTheAttemptWithStepAndKey() {
    group.tellBatch(group.attempt(), 0, "good", sum(1), "bad", new Order(What.THROW, 0));
    assertThat(group.next(Failed.class).cause())
        .hasMessageContainingAll("step", "key \"bad\"", "told to throw");
    group.open();
    group.batch("good", sum(1));
    assertThat(sumOf("good")).isEqualTo(1L);
  }

  @Test
  void aCommitInManyPartsComesBackWhole() {
    for (int round = 0; round < 3; round++) {
      List<Object> batch = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        batch.add("big");
        batch.add(new Order(i % 2 == 0 ? What.PUT : What.APPEND, round * 10_000 + i));
        batch.add("k" + i);
        batch.add(sum(i));
      }
      group.batch(batch.toArray());
      group.complete(group.seal());
    }
    var before = group.view("big").states();
    group.replace();
    group.open();
    assertThat(group.view("big").states()).isEqualTo(before);
    assertThat((List<?>) before.get("list")).hasSize(3_000);
    assertThat(sumOf("k1999")).isEqualTo(3L * 1_999);
  }

  @Test
  void timersOfKeysAwakeAndAsleepFireInTheNextLifeToo() {
    for (int i = 0; i < 20; i++) {
      group.batch("k" + i, new Order(What.TIMER, 2_000 + i), "k" + i, new Order(What.TIMER, 3_000));
    }
    group.batch("k0", new Order(What.NO_TIMER, 2_000));
    group.complete(group.seal());
    group.open();
    assertThat(group.view("k5").timers()).hasSize(2);
    now.set(2_010);
    group.fireTimers();
    assertThat(group.view("k0").states()).isEmpty();
    assertThat(group.view("k10").states()).containsEntry("list", List.of(-2_010L));
    assertThat(group.view("k11").states()).isEmpty();
    group.open();
    assertThat(group.view("k10").states()).isEmpty();
    now.set(4_000);
    group.fireTimers();
    assertThat(group.view("k10").states()).containsEntry("list", List.of(-2_010L, -3_000L));
    group.complete(group.seal());
    group.replace();
    group.open();
    assertThat(group.view("k10").timers()).isEmpty();
    assertThat(group.view("k19").states()).containsEntry("list", List.of(-2_019L, -3_000L));
  }

  @Test
  void aTimerThatIsOverdueIsReportedOnceTheGroupHasStarted() {
    group.batch("a", new Order(What.TIMER, 500));
    group.next(GroupEvent.TimersDue.class);
    group.complete(group.seal());
    group.replace();
    group.open();
    assertThat(group.next(GroupEvent.TimersDue.class).attempt()).isEqualTo(group.attempt());
    group.fireTimers();
    assertThat(group.view("a").states()).containsEntry("list", List.of(-500L));
  }

  @Test
  void aTimerOfAKeyThatSleepsInRowsFiresOnceAndIsForgotten() {
    group.batch("a", new Order(What.TIMER, 1_001));
    group.complete(group.seal());
    GroupAddress address = new GroupAddress("flow", "step", 0);
    group.awaitAssert(() -> assertThat(group.rows().isEmpty(address)).isFalse());
    for (int i = 0; i < 20; i++) {
      group.batch("k" + i, sum(1)); // puts "a" to sleep, and nothing of it is left but its timer
    }
    now.set(3_000);
    group.fireTimers();
    assertThat(group.view("a").states()).containsEntry("list", List.of(-1_001L));
    group.expectNothing();
  }

  @Test
  void aKeyThatHoldsNothingIsForgotten() {
    group.batch("a", sum(1), "b", sum(1));
    group.complete(group.seal());
    group.batch("a", new Order(What.CLEAR, 0));
    group.complete(group.seal());
    group.replace();
    group.open();
    assertThat(group.view("a").states()).isEmpty();
    assertThat(sumOf("b")).isEqualTo(1L);
  }

  @Test
  void keysNeverSeenCostNoReadWhereOthersHaveRows() {
    Object[] known = new Object[2 * 2_000];
    for (int i = 0; i < known.length; i += 2) {
      known[i] = "known-" + i;
      known[i + 1] = sum(i);
    }
    group.batch(known);
    long id = group.seal();
    group.complete(id);
    GroupAddress address = new GroupAddress("flow", "step", 0);
    group.awaitAssert(
        () -> assertThat(group.rows().mark(address).orElseThrow().id()).isEqualTo(id));
    long before = group.store().counts().keysRead();
    for (int from = 0; from < 10_000; from += 1_000) {
      Object[] unknown = new Object[2 * 1_000];
      for (int i = 0; i < unknown.length; i += 2) {
        unknown[i] = "unknown-" + (from + i / 2);
        unknown[i + 1] = sum(1);
      }
      group.batch(unknown);
    }
    assertThat(group.store().counts().keysRead() - before).isLessThan(100);
    assertThat(sumOf("known-1200")).isEqualTo(1200L);
  }
}
