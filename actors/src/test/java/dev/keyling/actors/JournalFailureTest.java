package dev.keyling.actors;

import static dev.keyling.actors.Ledger.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.Proves;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A write that the journal fails or rejects ends the life of the group and is reported. */
class JournalFailureTest {
  @TempDir private Path dir;
  private GroupDriver group;

  @BeforeEach
  void start() {
    BrokenJournal.forgetAll();
    group =
        new GroupDriver(
            dir,
            InstantSource.system(),
            Ledger::new,
            "keyling.actors.journal",
            "broken-journal",
            "broken-journal.class",
            BrokenJournal.class.getName(),
            "broken-journal.plugin-dispatcher",
            "pekko.actor.default-dispatcher",
            "broken-journal.circuit-breaker.max-failures",
            "100");
  }

  @AfterEach
  void stop() {
    group.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = BrokenJournal.Mood.class,
      names = {"FAILS", "REJECTS"})
  @Proves("error 7")
  void aFailedWriteEndsTheLifeAndIsReported(BrokenJournal.Mood mood) {
    group.open();
    group.batch("a", sum(1));
    group.complete(group.seal());
    BrokenJournal.mood = mood;
    group.batch("a", sum(100));
    group.tellSeal();
    assertThat(group.next(GroupEvent.Failed.class).cause())
        .hasMessage(mood == BrokenJournal.Mood.FAILS ? "the disk is full" : "too large");
    BrokenJournal.mood = BrokenJournal.Mood.WORKS;
    group.open();
    assertThat(group.view("a").states()).containsEntry("sum", 1L);
    group.batch("a", sum(1));
    group.complete(group.seal());
    group.open();
    assertThat(group.view("a").states()).containsEntry("sum", 2L);
  }
}
