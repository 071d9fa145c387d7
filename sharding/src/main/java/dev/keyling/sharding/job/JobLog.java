package dev.keyling.sharding.job;

import dev.keyling.actors.EventLog;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** The journal of a coordinator, its child: the newest record says all. */
final class JobLog {
  /** Records that lie about before they are trimmed; not one by one. */
  private static final long SPARE = 100;

  private final ActorContext<JobMessage> context;
  private final ActorRef log;

  /** What to do when the records that are being written are durable, in their order. */
  private final Queue<Runnable> afterWrites = new ArrayDeque<>();

  private long trimmedTo;

  /** Opens the journal of a dataflow; what it says comes as messages. */
  JobLog(ActorContext<JobMessage> context, String dataflow) {
    this.context = context;
    org.apache.pekko.actor.typed.ActorRef<JobMessage> self = context.getSelf();
    this.log =
        Adapter.actorOf(
            context,
            EventLog.props(
                persistenceId(dataflow), message -> self.tell(new JobMessage.FromLog(message))));
    context.watchWith(Adapter.toTyped(log), new JobMessage.LogStopped());
  }

  /**
   * Returns the id of the journal. Nothing is escaped: a name holds neither % nor |, as {@link
   * dev.keyling.Dataflow#named} sees to, so this is the id of no other dataflow and of no key
   * group.
   */
  static String persistenceId(String dataflow) {
    return "keyling|" + dataflow;
  }

  void append(JobRecord record, Runnable afterwards) {
    afterWrites.add(afterwards);
    tell(new EventLog.Append(record.attempt(), List.of(record.encode())));
  }

  /** The oldest record that was being written is durable. */
  void appended(EventLog.Appended appended) {
    long sequenceNr = appended.sequenceNr();
    if (sequenceNr - trimmedTo > SPARE) {
      trimmedTo = sequenceNr - 1;
      tell(new EventLog.Trim(trimmedTo));
    }
    afterWrites.remove().run();
  }

  private void tell(Object message) {
    log.tell(message, ActorRef.noSender());
  }

  /** Lets go of the journal; {@link JobMessage.LogStopped} follows. */
  void stop() {
    context.stop(Adapter.toTyped(log));
  }
}
