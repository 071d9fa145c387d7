package dev.keyling.jdbc;

import static dev.keyling.jdbc.Table.restored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.CommittingWriter;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a JDBC sink does in every database. */
abstract class JdbcSinkContract {
  private Table table;

  abstract DataSource database() throws Exception;

  @BeforeEach
  void makeTheTable() throws Exception {
    table = Table.in(database());
  }

  @Test
  void rowsAppearWithTheirCheckpointAndOnlyOnce() throws Exception {
    try (CommittingWriter<String> writer = table.open(null)) {
      writer.write("a");
      writer.write("b");
      byte[] handle = writer.prepare(3);
      writer.write("c");
      assertThat(table.notes()).isEmpty();
      writer.commit(3, handle);
      writer.commit(3, handle);
      assertThat(table.notes()).containsExactly("a", "b");
      assertThat(table.staged()).isEmpty();
    }
    assertThat(table.notes()).containsExactly("a", "b");
  }

  @Test
  void aNewAttemptPublishesWhatItsCheckpointStagedAndDropsTheRest() throws Exception {
    CommittingWriter<String> killed = table.open(null);
    killed.write("a");
    byte[] handle = killed.prepare(3);
    killed.write("dropped");
    killed.prepare(4);
    for (int life = 0; life < 2; life++) {
      try (CommittingWriter<String> writer = table.open(restored(3, handle))) {
        writer.commit(3, handle);
        assertThat(table.notes()).containsExactly("a");
        assertThat(table.staged()).isEmpty();
      }
    }
    killed.close();
  }

  @Test
  void aCheckpointPublishesWhatThoseBeforeItLeft() throws Exception {
    try (CommittingWriter<String> writer = table.open(null)) {
      writer.write("a");
      byte[] first = writer.prepare(3);
      writer.write("b");
      byte[] second = writer.prepare(4);
      writer.write("c");
      byte[] third = writer.prepare(5);
      writer.commit(4, second);
      assertThat(table.notes()).containsExactly("a", "b");
      writer.commit(3, first); // too late, and stands there already
      writer.commit(5, third);
      assertThat(table.notes()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void twoUnpublishedCheckpointsArePublishedByTheNextAttempt() throws Exception {
    CommittingWriter<String> killed = table.open(null);
    killed.write("a");
    killed.prepare(3);
    killed.write("b");
    byte[] second = killed.prepare(4);
    try (CommittingWriter<String> writer = table.open(restored(4, second))) {
      assertThat(table.notes()).containsExactly("a", "b");
      writer.write("c");
      writer.commit(1005, writer.prepare(1005));
    }
    assertThat(table.notes()).containsExactly("a", "b", "c");
    killed.close();
  }

  @Test
  void aWriterOfAnOldAttemptChangesNothing() throws Exception {
    CommittingWriter<String> zombie = table.open(null);
    zombie.write("a");
    byte[] handle = zombie.prepare(3);
    zombie.write("late");
    try (CommittingWriter<String> writer = table.open(restored(3, handle))) {
      writer.write("b");
      byte[] next = writer.prepare(1004);
      assertThatThrownBy(() -> zombie.commit(1004, next)).hasMessageContaining("somebody else now");
      assertThatThrownBy(() -> zombie.prepare(4))
          .hasMessageContainingAll("JDBC sink \"sink/0\"", "somebody else now", "id(...)");
      writer.commit(1004, next);
    }
    assertThat(table.notes()).containsExactly("a", "b");
    zombie.close();
  }

  @Test
  void aWriterThatCouldNotStageTakesNothingMore() throws Exception {
    CommittingWriter<String> writer = table.open(null);
    writer.write("a");
    table.run("alter table keyling_checkpoints_staged rename to elsewhere");
    assertThatThrownBy(() -> writer.prepare(3)).hasMessageContaining("staging rows failed");
    table.run("alter table elsewhere rename to keyling_checkpoints_staged");
    assertThatThrownBy(() -> writer.prepare(4)).hasMessageContaining("the job has to restart");
    writer.close();
  }

  @Test
  void theHandleIsSmallHoweverManyRowsThereAre() throws Exception {
    List<String> many = IntStream.range(0, 60_000).mapToObj(i -> "note number " + i).toList();
    byte[] handle;
    CommittingWriter<String> killed = table.open(null);
    for (String note : many) {
      killed.write(note);
    }
    handle = killed.prepare(3);
    assertThat(handle).hasSizeLessThan(200);
    table.open(restored(3, handle)).close();
    assertThat(table.notes()).isEqualTo(many.stream().sorted().toList());
    killed.close();
  }

  @Test
  void aDatabaseThatIsAheadOrBehindIsRefusedWithWhatToDo() throws Exception {
    byte[] first;
    byte[] second;
    try (CommittingWriter<String> writer = table.open(null)) {
      writer.write("a");
      first = writer.prepare(3);
      writer.commit(3, first);
      writer.write("b");
      second = writer.prepare(4);
    }
    table.open(restored(4, second)).close();
    assertThatThrownBy(() -> table.open(restored(3, first)))
        .hasMessageContainingAll(
            "rows of checkpoint 4", "restored from 3", "set checkpoint_id = 3");
    assertThatThrownBy(() -> table.open(null))
        .hasMessageContainingAll("checkpoint 4", "id(...)", "delete from keyling_checkpoints");
    assertThatThrownBy(
            () -> Table.open(Table.sink(table.database()).id("other"), restored(4, second)))
        .hasMessageContaining("another id than at the checkpoint, \"sink/0\"");
    table.run("update keyling_checkpoints set checkpoint_id = 0");
    assertThatThrownBy(() -> table.open(restored(4, second)))
        .hasMessageContainingAll("published checkpoint 3", "knows only of 0");
    assertThat(table.notes()).containsExactly("a", "b");
  }

  @Test
  void stagedRowsThatAreGoneAreRefused() throws Exception {
    byte[] handle;
    try (CommittingWriter<String> writer = table.open(null)) {
      writer.write("a");
      handle = writer.prepare(3);
    }
    table.run("delete from keyling_checkpoints_staged");
    assertThatThrownBy(() -> table.open(restored(3, handle)))
        .hasStackTraceContaining("misses part 0 of the 1 that were staged for checkpoint 3");
    assertThat(table.notes()).isEmpty();
  }

  @Test
  void aRowThatTheTableRefusesIsNamedAndWaitsUntilItFits() throws Exception {
    table.run("create unique index once on notes(note)");
    byte[] handle;
    try (CommittingWriter<String> writer = table.open(null)) {
      writer.write("a");
      writer.write("a");
      handle = writer.prepare(3);
      byte[] prepared = handle;
      assertThatThrownBy(() -> writer.commit(3, prepared))
          .isInstanceOf(SQLException.class)
          .hasMessageContainingAll("insert into notes", "completed checkpoint", "upsert");
    }
    assertThat(table.notes()).isEmpty();
    table.run("drop index once");
    table.open(restored(3, handle)).close();
    assertThat(table.notes()).containsExactly("a", "a");
  }

  @Test
  void twoSinksWithIdsOfTheirOwnShareADatabase() throws Exception {
    JdbcSink<String> sink = Table.sink(table.database());
    try (CommittingWriter<String> one = Table.open(sink.id("one"), null);
        CommittingWriter<String> two = Table.open(sink.id("two"), null)) {
      one.write("a");
      two.write("b");
      byte[] handle = one.prepare(3);
      two.commit(3, two.prepare(3));
      one.commit(3, handle);
    }
    assertThat(table.notes()).containsExactly("a", "b");
  }

  @Test
  void aWrongStatementIsRefusedAtTheStart() {
    JdbcSink<String> sink =
        JdbcSink.into(
            table.database(), "insert into nowhere(n) values (?)", (row, n) -> row.setString(1, n));
    assertThatThrownBy(() -> Table.open(sink, null))
        .hasMessageContainingAll("insert into nowhere(n) values (?)", "preparing the statement");
  }

  @Test
  void aBinderThatForgetsAParameterOrThrowsIsToldWithTheElement() throws Exception {
    JdbcSink<String> sink =
        JdbcSink.into(
            table.database(),
            "insert into notes(note) values (?)",
            (row, note) -> {
              if (note.equals("array")) {
                row.setArray(1, null);
              } else if (note.equals("object")) {
                row.setObject(1, Collections.emptyList());
              }
            });
    try (CommittingWriter<String> writer = Table.open(sink, null)) {
      assertThatThrownBy(() -> writer.write("nothing"))
          .hasMessageContainingAll("element nothing", "parameter 1 of 1 was not set");
      assertThatThrownBy(() -> writer.write("array"))
          .hasMessageContainingAll("element array", "setArray cannot be called here");
      assertThatThrownBy(() -> writer.write("object")).hasMessageContaining("cannot be staged");
    }
  }

  @Test
  void whateverFailsAtACommitOfTheDatabaseEachRowIsThereOnce() throws Exception {
    for (int seed = 0; seed < 25; seed++) {
      table = Table.in(database());
      new RandomLives(table, seed).run();
    }
  }
}
