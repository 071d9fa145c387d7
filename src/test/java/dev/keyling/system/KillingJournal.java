package dev.keyling.system;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.Persistence;

/**
 * A Pekko journal that hands everything on to another one, and lights the {@link Fuse} before and
 * after what the engine writes, reads and deletes there.
 */
final class KillingJournal extends AbstractActor {
  /**
   * The first write of a coordinator is its attempt; the others are completed checkpoints. If it
   * begins with a savepoint, the first two are the restore, and the third is the attempt.
   */
  private static final AtomicInteger COORDINATOR_WRITES = new AtomicInteger();

  private final ActorRef real;

  /** Called by Pekko with the configuration of the plugin. */
  public KillingJournal(Config config) {
    real =
        Persistence.get(getContext().getSystem())
            .journalFor(config.getString("real"), ConfigFactory.empty());
  }

  /** Hands an answer of the real journal on, and lights the fuse when it is the last word. */
  private static final class Relay extends AbstractActor {
    private final ActorRef to;
    private final KillPoint point;
    private final Class<?> last;

    Relay(ActorRef to, KillPoint point, Class<?> last) {
      this.to = to;
      this.point = point;
      this.last = last;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .matchAny(
              answer -> {
                if (last.isInstance(answer)) {
                  Fuse.at(point);
                }
                to.tell(answer, getSender());
              })
          .build();
    }
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(JournalProtocol.WriteMessages.class, this::write)
        .match(JournalProtocol.DeleteMessagesTo.class, this::delete)
        .match(JournalProtocol.ReplayMessages.class, this::replay)
        .matchAny(message -> real.forward(message, getContext()))
        .build();
  }

  private static boolean isKeyGroup(String id) {
    return id.chars().filter(c -> c == '|').count() == 3;
  }

  private static List<KillPoint> beforeRecord(int nth) {
    if (KillingFiles.isSaved()) {
      return List.of(KillPoint.STOP_AFTER_SAVEPOINT);
    }
    if (KillingFiles.isSaving()) {
      return List.of(KillPoint.SAVEPOINT_BEFORE_COMPLETION);
    }
    return switch (nth) {
      case 1 -> List.of(KillPoint.START_BEFORE_RECORD, KillPoint.RESTORE_BEFORE_RESERVATION);
      case 2 -> List.of(KillPoint.BEFORE_COMPLETION, KillPoint.RESTORE_BEFORE_RECORD);
      case 3 -> List.of(KillPoint.BEFORE_COMPLETION, KillPoint.RESTORE_BEFORE_FIRST_ATTEMPT);
      default -> List.of(KillPoint.BEFORE_COMPLETION);
    };
  }

  private static List<KillPoint> afterRecord(int nth) {
    if (KillingFiles.isSaving()) {
      return List.of(KillPoint.SAVEPOINT_AFTER_COMPLETION);
    }
    return switch (nth) {
      case 1 -> List.of(KillPoint.START_AFTER_RECORD, KillPoint.RESTORE_AFTER_RESERVATION);
      case 2 -> List.of(KillPoint.AFTER_COMPLETION, KillPoint.RESTORE_AFTER_RECORD);
      case 4 -> List.of(KillPoint.AFTER_COMPLETION, KillPoint.RESTORE_AFTER_FIRST_CHECKPOINT);
      default -> List.of(KillPoint.AFTER_COMPLETION);
    };
  }

  /** Answers of one writer must not overtake each other, so only the one relay stands between. */
  private ActorRef relayed(ActorRef to, List<KillPoint> points, Class<?> last) {
    return points.stream()
        .filter(Fuse::isSetFor)
        .findFirst()
        .map(point -> Props.create(Relay.class, () -> new Relay(to, point, last)))
        .map(relay -> getContext().actorOf(relay))
        .orElse(to);
  }

  private void write(JournalProtocol.WriteMessages write) {
    String id = ((AtomicWrite) write.messages().head()).persistenceId();
    List<KillPoint> before;
    List<KillPoint> after;
    if (isKeyGroup(id)) {
      before = List.of(KillPoint.BEFORE_COMMIT);
      after = List.of(KillPoint.AFTER_COMMIT);
    } else {
      int nth = COORDINATOR_WRITES.incrementAndGet();
      before = beforeRecord(nth);
      after = afterRecord(nth);
    }
    before.forEach(Fuse::at);
    real.tell(
        new JournalProtocol.WriteMessages(
            write.messages(),
            relayed(write.persistentActor(), after, JournalProtocol.WriteMessageSuccess.class),
            write.actorInstanceId()),
        getSender());
  }

  private void delete(JournalProtocol.DeleteMessagesTo delete) {
    if (isKeyGroup(delete.persistenceId())) {
      Fuse.at(KillPoint.BEFORE_TRIM);
    }
    real.tell(
        new JournalProtocol.DeleteMessagesTo(
            delete.persistenceId(),
            delete.toSequenceNr(),
            relayed(
                delete.persistentActor(),
                List.of(KillPoint.AFTER_TRIM),
                DeleteMessagesSuccess.class)),
        getSender());
  }

  private void replay(JournalProtocol.ReplayMessages replay) {
    if (isKeyGroup(replay.persistenceId())) {
      Fuse.at(KillPoint.START_WHILE_KEY_GROUPS_OPEN);
    }
    real.forward(replay, getContext());
  }
}
