package dev.keyling.persistence.leveldb.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Plugins;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.Tag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.event.Logging;
import org.apache.pekko.persistence.DeleteSnapshotSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Pekko's own suite of snapshot stores does not ask. */
class StrictSnapshotTest {

  private static final SnapshotSelectionCriteria ANY = SnapshotSelectionCriteria.latest();

  /** Writes nothing: a test listens to the same events. */
  public static final class Silence extends AbstractActor {
    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              Logging.InitializeLogger.class,
              start -> sender().tell(Logging.loggerInitialized(), self()))
          .matchAny(ignored -> {})
          .build();
    }
  }

  @TempDir Path dir;
  private Plugins plugins;

  @BeforeEach
  void start() {
    plugins = new Plugins(dir, "");
  }

  @AfterEach
  void stop() {
    plugins.close();
  }

  @Test
  void keepsNothingAnd16MegabytesOverARestart() {
    byte[] large = bytes((16 << 20) + 5, 3);
    saved("large", 1, large);
    saved("empty", 1, new byte[0]);
    saved("empty\0", 2, "neighbour");
    plugins.restart();
    assertThat((byte[]) plugins.newest("large")).isEqualTo(large);
    assertThat((byte[]) plugins.newest("empty")).isEmpty();
    assertThat(plugins.newest("empty\0")).isEqualTo("neighbour");
    assertThat(plugins.newest("empt")).isNull();
  }

  @Test
  void takesASmallerSnapshotInPlaceOfALargeOneWithoutALeftover() {
    saved("ann", 5, bytes(3 * Snapshot.PIECE, 1));
    byte[] small = bytes(Snapshot.PIECE + 1, 2);
    saved("ann", 5, small);
    assertThat((byte[]) plugins.newest("ann")).isEqualTo(small);
    assertThat(Stores.keys(store(), Tag.SNAPSHOT_DATA)).hasSize(2);
    assertThat(Stores.keys(store(), Tag.SNAPSHOT)).hasSize(1);
  }

  @Test
  void selectsByNumberAndByTime() {
    List<SnapshotMetadata> saved = new ArrayList<>();
    for (long number = 10; number <= 30; number += 10) {
      saved.add(((SaveSnapshotSuccess) plugins.save("ann", number, "at " + number)).metadata());
    }
    saved("bob", 15, "not ann's");
    assertThat(load(criteria(29, Long.MAX_VALUE, 0, 0))).isEqualTo("at 20");
    assertThat(load(criteria(29, Long.MAX_VALUE, 20, 0))).isEqualTo("at 20");
    assertThat(load(criteria(29, Long.MAX_VALUE, 21, 0))).isNull();
    assertThat(load(criteria(9, Long.MAX_VALUE, 0, 0))).isNull();
    assertThat(load(criteria(99, saved.get(0).timestamp() - 1, 0, 0))).isNull();
    assertThat(load(criteria(99, Long.MAX_VALUE, 0, saved.get(2).timestamp() + 1))).isNull();
    assertThat(load(criteria(Long.MAX_VALUE, saved.get(2).timestamp(), 0, 0))).isEqualTo("at 30");
  }

  @Test
  void deletesOneWithItsDataAndOnlyIfItIsThatOne() {
    saved("ann", 1, bytes(10, 1));
    SnapshotMetadata second =
        ((SaveSnapshotSuccess) plugins.save("ann", 2, bytes(2 * Snapshot.PIECE, 2))).metadata();
    SnapshotMetadata other = SnapshotMetadata.apply("ann", 2, second.timestamp() - 1);
    assertThat(plugins.deleteSnapshot(other)).isInstanceOf(DeleteSnapshotSuccess.class);
    assertThat((byte[]) plugins.newest("ann")).hasSize(2 * Snapshot.PIECE);
    assertThat(plugins.deleteSnapshot(second)).isInstanceOf(DeleteSnapshotSuccess.class);
    assertThat(plugins.deleteSnapshot(second)).isInstanceOf(DeleteSnapshotSuccess.class);
    assertThat((byte[]) plugins.newest("ann")).hasSize(10);
    assertThat(Stores.keys(store(), Tag.SNAPSHOT_DATA)).hasSize(1);
  }

  @Test
  void deletesManySnapshotsOfOneIdAndLeavesTheRest() {
    List<CompletionStage<Object>> saves = new ArrayList<>();
    for (int i = 1; i <= 2500; i++) {
      saves.add(plugins.saving("ann", i, "state " + i));
    }
    saved("bob", 1, "bob's");
    // without waiting for the saves: what was asked for first happens first
    assertThat(plugins.deleteSnapshots("ann", criteria(2400, Long.MAX_VALUE, 101, 0)))
        .isInstanceOf(DeleteSnapshotsSuccess.class);
    saves.forEach(each -> assertThat(Plugins.await(each)).isInstanceOf(SaveSnapshotSuccess.class));
    assertThat(Stores.keys(store(), Tag.SNAPSHOT)).hasSize(100 + 100 + 1);
    assertThat(load(criteria(2400, Long.MAX_VALUE, 0, 0))).isEqualTo("state 100");
    assertThat(plugins.newest("ann")).isEqualTo("state 2500");
    assertThat(plugins.deleteSnapshots("ann", ANY)).isInstanceOf(DeleteSnapshotsSuccess.class);
    assertThat(plugins.newest("ann")).isNull();
    assertThat(plugins.newest("bob")).isEqualTo("bob's");
    assertThat(Stores.keys(store(), Tag.SNAPSHOT_DATA)).hasSize(1);
  }

  @Test
  void loadsAWholeSnapshotOrNoneWhileItIsDeletedAndReplaced() {
    for (int round = 0; round < 8; round++) {
      String id = "ann" + round;
      saved(id, 1, bytes(2 * Snapshot.PIECE, 1));
      List<CompletionStage<Object>> loads = new ArrayList<>();
      loads.add(plugins.loading(id, ANY));
      CompletionStage<Object> replaced = plugins.saving(id, 1, bytes(3 * Snapshot.PIECE, 2));
      loads.add(plugins.loading(id, ANY));
      plugins.deleteSnapshots(id, ANY);
      loads.add(plugins.loading(id, ANY));
      assertThat(Plugins.await(replaced)).isInstanceOf(SaveSnapshotSuccess.class);
      for (CompletionStage<Object> load : loads) {
        byte[] loaded = (byte[]) Plugins.snapshot(Plugins.await(load));
        assertThat(loaded)
            .satisfiesAnyOf(
                none -> assertThat(none).isNull(),
                one -> assertThat(one).isEqualTo(bytes(2 * Snapshot.PIECE, 1)),
                two -> assertThat(two).isEqualTo(bytes(3 * Snapshot.PIECE, 2)));
      }
      assertThat(plugins.newest(id)).isNull();
    }
  }

  @Test
  void saysLoudlyThatASnapshotHasNoSerializerAndKeepsTheOneBefore() {
    plugins.close();
    plugins =
        new Plugins(
            dir,
            "pekko { loglevel = ERROR, use-slf4j = off, loggers = [\"%s\"] }"
                .formatted(Silence.class.getName()));
    TestKit log = new TestKit(plugins.system);
    plugins.system.eventStream().subscribe(log.getRef(), Logging.Error.class);
    saved("ann", 7, "good");
    assertThat(plugins.save("ann", 7, new Object()))
        .isInstanceOfSatisfying(
            SaveSnapshotFailure.class,
            failure ->
                assertThat(failure.cause())
                    .hasMessageContainingAll(
                        "snapshot 7 of ann", "java.lang.Object", "serialization-bindings"));
    assertThat(log.expectMsgClass(Logging.Error.class).message().toString())
        .contains("snapshot 7 of ann is not saved");
    assertThat(plugins.newest("ann")).isEqualTo("good");
  }

  @Test
  void goesOnForTheOthersWhenManySnapshotsCannotBeSerialized() {
    saved("ann", 1, "good");
    for (int i = 0; i < 50; i++) {
      assertThat(plugins.save("bob", i, new Object())).isInstanceOf(SaveSnapshotFailure.class);
    }
    assertThat(plugins.newest("ann")).isEqualTo("good");
  }

  @Test
  void isDurableAsItsSettingSays() {
    saved("ann", 1, "warm");
    long before = store().counts().syncs();
    saved("ann", 2, "synchronized");
    assertThat(store().counts().syncs()).isEqualTo(before + 1);
    plugins.close();
    plugins = new Plugins(dir, "keyling.leveldb.snapshot-store.durability = os");
    saved("ann", 3, "warm");
    before = store().counts().syncs();
    saved("ann", 4, "handed over");
    assertThat(store().counts().syncs()).isEqualTo(before);
  }

  @Test
  void refusesASnapshotThatLacksAPiece() {
    saved("ann", 1, "older");
    saved("ann", 2, bytes(3 * Snapshot.PIECE, 1));
    byte[] piece = new SnapshotKeys("ann").data(2, 1);
    Stores.database(store()).submit(new Changes().delete(piece), Durability.OS).join();
    assertThat(plugins.load("ann", ANY))
        .isInstanceOfSatisfying(
            SnapshotProtocol.LoadSnapshotFailed.class,
            failed ->
                assertThat(failed.cause())
                    .hasMessageContaining("snapshot 2 of ann lacks piece 1 of 3"));
  }

  @Test
  void refusesASnapshotWhosePiecesAreOfAnother() {
    saved("ann", 2, bytes(2 * Snapshot.PIECE, 1));
    byte[] key = new SnapshotKeys("ann").data(2, 1);
    byte[] foreign = Sealed.seal(key, bytes(Snapshot.PIECE, 9));
    Stores.database(store()).submit(new Changes().put(key, foreign), Durability.OS).join();
    assertThat(plugins.load("ann", ANY))
        .isInstanceOfSatisfying(
            SnapshotProtocol.LoadSnapshotFailed.class,
            failed ->
                assertThat(failed.cause())
                    .hasMessageContaining("snapshot 2 of ann is not what was saved"));
  }

  private LevelDbStore store() {
    return EmbeddedStore.get(plugins.system).store();
  }

  private Object load(SnapshotSelectionCriteria criteria) {
    return Plugins.snapshot(plugins.load("ann", criteria));
  }

  private void saved(String id, long sequenceNr, Object snapshot) {
    assertThat(plugins.save(id, sequenceNr, snapshot)).isInstanceOf(SaveSnapshotSuccess.class);
  }

  private static SnapshotSelectionCriteria criteria(
      long maxNumber, long maxTime, long minNumber, long minTime) {
    return SnapshotSelectionCriteria.create(maxNumber, maxTime, minNumber, minTime);
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
