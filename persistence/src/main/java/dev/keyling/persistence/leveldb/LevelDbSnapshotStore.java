package dev.keyling.persistence.leveldb;

import com.typesafe.config.Config;
import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.record.StoredObject;
import dev.keyling.persistence.leveldb.snapshots.Snapshot;
import dev.keyling.persistence.leveldb.snapshots.Snapshots;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.pekko.event.Logging;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.japi.pf.ReceiveBuilder;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;
import scala.PartialFunction;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.BoxedUnit;

/**
 * Pekko's protocol of snapshots over the {@link EmbeddedStore} of the system; plugin id {@code
 * keyling.leveldb.snapshot-store}. The storing is done by {@link Snapshots}.
 */
public final class LevelDbSnapshotStore extends SnapshotStore {

  private final Serialization serialization = SerializationExtension.get(context().system());
  private final LoggingAdapter log = Logging.getLogger(context().system(), this);
  private final Executor readers;
  private final Durability durability;
  private final PartialFunction<Object, BoxedUnit> failures =
      new ReceiveBuilder()
          .match(SaveSnapshotFailure.class, failure -> failed = failure.metadata())
          .build()
          .onMessage();

  /** The save that has just failed, which Pekko will ask to delete. */
  private @Nullable SnapshotMetadata failed;

  /** Called by Pekko with the configuration of the plugin. */
  public LevelDbSnapshotStore(Config config) {
    durability = LevelDbSettings.durability(config);
    readers = context().system().dispatchers().lookup(config.getString("reader-dispatcher"));
  }

  /** Loads the newest snapshot that fits. */
  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(
        snapshots()
            .load(persistenceId, criteria, readers)
            .thenApplyAsync(found -> found.map(each -> selected(persistenceId, each)), readers));
  }

  private SelectedSnapshot selected(String persistenceId, Snapshot snapshot) {
    StoredObject metadata = snapshot.metadata();
    SnapshotMetadata stored =
        SnapshotMetadata.apply(
            persistenceId,
            snapshot.sequenceNr(),
            snapshot.timestamp(),
            OptionConverters.toScala(
                Optional.ofNullable(metadata).map(each -> each.toObject(serialization))));
    return SelectedSnapshot.create(stored, snapshot.data().toObject(serialization));
  }

  /** Saves a snapshot, or says why not: also to the log if it cannot be serialized. */
  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return FutureConverters.asScala(
        snapshots()
            .save(metadata.persistenceId(), () -> encode(metadata, snapshot), durability, readers));
  }

  private Snapshot encode(SnapshotMetadata metadata, Object snapshot) {
    try {
      Object more = metadata.metadata().getOrElse(() -> null);
      return new Snapshot(
          metadata.sequenceNr(),
          metadata.timestamp(),
          StoredObject.of(snapshot, serialization),
          more == null ? null : StoredObject.of(more, serialization));
    } catch (Exception e) {
      String refusal =
          "snapshot %d of %s is not saved: %s cannot be serialized (%s); bind a serializer to it in pekko.actor.serialization-bindings"
              .formatted(
                  metadata.sequenceNr(),
                  metadata.persistenceId(),
                  snapshot.getClass().getName(),
                  e.getMessage());
      // Pekko tells only the actor, and most do not listen; without snapshots recovery takes ever
      // longer
      log.error(refusal);
      throw new StoreException(refusal, e);
    }
  }

  /** Deletes one snapshot; a timestamp of 0 stands for any. */
  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    if (metadata == failed) {
      // A save that failed has left nothing, and the one before under the same number is still
      // good.
      failed = null;
      return Future.successful(null);
    }
    long sequenceNr = metadata.sequenceNr();
    long timestamp = metadata.timestamp();
    SnapshotSelectionCriteria one =
        timestamp == 0
            ? SnapshotSelectionCriteria.create(sequenceNr, Long.MAX_VALUE, sequenceNr, 0)
            : SnapshotSelectionCriteria.create(sequenceNr, timestamp, sequenceNr, timestamp);
    return FutureConverters.asScala(snapshots().delete(metadata.persistenceId(), one, readers));
  }

  /** Deletes all snapshots that fit. */
  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(snapshots().delete(persistenceId, criteria, readers));
  }

  /** Hears of a failed save just before Pekko asks to delete it. */
  @Override
  public PartialFunction<Object, BoxedUnit> receivePluginInternal() {
    return failures;
  }

  /** Asked for with each request: a store that cannot be opened then fails it and says why. */
  private Snapshots snapshots() {
    return EmbeddedStore.get(context().system()).store().snapshots();
  }
}
