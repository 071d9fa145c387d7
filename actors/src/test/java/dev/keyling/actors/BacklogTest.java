package dev.keyling.actors;

import static dev.keyling.actors.Ledger.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.persistence.GroupAddress;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key group with more in memory than it may have that is not in rows. */
class BacklogTest {
  private static final GroupAddress ADDRESS = new GroupAddress("flow", "step", 0);

  @TempDir private Path dir;
  private GroupDriver group;

  @BeforeEach
  void start() {
    group =
        new GroupDriver(
            dir,
            () -> Instant.ofEpochMilli(1_000),
            Ledger::new,
            "keyling.actors.max-unflushed",
            "2KiB",
            "keyling.actors.flush-size",
            "64MiB");
    group.open();
  }

  @AfterEach
  void stop() {
    group.close();
  }

  @Test
  void asksForACheckpointAndStillAnswersWithinABound() {
    group.batch("a", sum(1));
    group.expectNothing();
    group.batch("b", sum(1), "c", sum(1), "d", sum(1), "e", sum(1), "f", sum(1), "g", sum(1));
    group.tellElements("h", sum(1), "i", sum(1), "j", sum(1));
    assertThat(group.next(GroupEvent.Full.class).attempt()).isEqualTo(group.attempt());
    group.answers(1);
  }

  @Test
  void becomesRowsAtTheNextCheckpointWithoutWaitingForTheFlushInterval() {
    group.tellElements(
        "a", sum(1), "b", sum(1), "c", sum(1), "d", sum(1), "e", sum(1), "f", sum(1), "g", sum(1));
    group.tellElements("h", sum(1), "i", sum(1), "j", sum(1));
    group.next(GroupEvent.Full.class);
    group.answers(2);
    long id = group.seal();
    group.complete(id);
    group.awaitAssert(
        () -> assertThat(group.rows().mark(ADDRESS).orElseThrow().id()).isEqualTo(id));
    group.batch("a", sum(1));
    group.expectNothing();
    assertThat(group.view("a").states().get("sum")).isEqualTo(2L);
  }

  @Test
  void isForgottenWithTheLifeThatHeldIt() {
    group.tellElements(
        "a", sum(1), "b", sum(1), "c", sum(1), "d", sum(1), "e", sum(1), "f", sum(1), "g", sum(1));
    group.tellElements("h", sum(1), "i", sum(1), "j", sum(1));
    group.next(GroupEvent.Full.class);
    group.answers(2);
    group.open();
    group.batch("a", sum(5));
    group.expectNothing();
    assertThat(group.view("a").states().get("sum")).isEqualTo(5L);
  }
}
