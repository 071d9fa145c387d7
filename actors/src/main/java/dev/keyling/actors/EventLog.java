package dev.keyling.actors;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import scala.Option;

/**
 * The journal of one key group or coordinator: appends events of bytes while earlier ones are still
 * being written, in order. Classic, because typed persistence has no asynchronous persist and
 * stashes while it writes. Replay only collects; whoever owns the log decides what counts.
 *
 * <p>A failed or rejected write stops it: what came after the failure must not be stored. The owner
 * watches it.
 */
public sealed class EventLog extends AbstractPersistentActor {
  /** Appends events; answered by {@link Appended} when the last one is durable. */
  public record Append(long id, List<byte[]> events) {}

  /** The events of an append are durable. */
  public record Appended(long id, long sequenceNr, long bytes) {}

  /** What the log holds, told once, first. */
  public record Recovered(List<Event> events) {}

  /** A stored event. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Event(long sequenceNr, byte[] bytes) {}

  /** Deletes events up to a sequence number. */
  public record Trim(long sequenceNr) {}

  /** Why the log stops. */
  public record Broken(Throwable cause) {}

  private final String id;
  private final Consumer<Object> owner;
  private List<Event> recovered = new ArrayList<>();

  private EventLog(String id, Consumer<Object> owner) {
    this.id = id;
    this.owner = owner;
  }

  /**
   * Makes a log.
   *
   * @param owner is told, in the log's thread, {@link Recovered}, {@link Appended}, {@link Broken}
   */
  public static Props props(String id, Consumer<Object> owner) {
    return Props.create(EventLog.class, () -> new EventLog(id, owner));
  }

  /**
   * Makes a log whose events may be as durable as the operating system only, until something else
   * is written to the same store and synchronized: so the record of a completed checkpoint makes
   * the commits before it durable, with one synchronization. The plugin names the one for that; one
   * that does not is used as it is.
   */
  static Props unsynced(String id, Consumer<Object> owner) {
    return Props.create(Unsynced.class, () -> new Unsynced(id, owner));
  }

  private static final class Unsynced extends EventLog {
    private Unsynced(String id, Consumer<Object> owner) {
      super(id, owner);
    }

    @Override
    public String journalPluginId() {
      String plugin = super.journalPluginId();
      Config config = getContext().getSystem().settings().config().getConfig(plugin);
      return config.hasPath("unsynced") ? config.getString("unsynced") : plugin;
    }
  }

  @Override
  public String persistenceId() {
    return id;
  }

  @Override
  public String journalPluginId() {
    // asked for before the constructor has run, so it cannot be a field
    return getContext().getSystem().settings().config().getString("keyling.actors.journal");
  }

  @Override
  public String snapshotPluginId() {
    return "pekko.persistence.no-snapshot-store";
  }

  @Override
  public Recovery recovery() {
    return Recovery.create(SnapshotSelectionCriteria.none());
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(byte[].class, bytes -> recovered.add(new Event(lastSequenceNr(), bytes)))
        .match(
            org.apache.pekko.persistence.RecoveryCompleted.class,
            completed -> {
              owner.accept(new Recovered(recovered));
              recovered = List.of();
            })
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Append.class, this::append)
        .match(Trim.class, trim -> deleteMessages(trim.sequenceNr()))
        .build();
  }

  private void append(Append append) {
    long bytes = append.events().stream().mapToLong(event -> event.length).sum();
    for (int i = 0; i < append.events().size(); i++) {
      boolean last = i == append.events().size() - 1;
      persistAsync(
          append.events().get(i),
          written -> {
            if (last) {
              owner.accept(new Appended(append.id(), lastSequenceNr(), bytes));
            }
          });
    }
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long sequenceNr) {
    owner.accept(new Broken(cause));
    super.onPersistFailure(cause, event, sequenceNr);
  }

  @Override
  public void onPersistRejected(Throwable cause, Object event, long sequenceNr) {
    owner.accept(new Broken(cause));
    getContext().stop(getSelf());
  }

  @Override
  public void onRecoveryFailure(Throwable cause, Option<Object> event) {
    owner.accept(new Broken(cause));
    super.onRecoveryFailure(cause, event);
  }
}
