package dev.keyling.persistence.leveldb;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesSuccess;

/** A persistent actor that remembers what it is told. */
class Notebook extends AbstractPersistentActor {

  record Write(List<Object> events) {}

  record WriteAsync(List<Object> events) {}

  record Delete(long to) {}

  enum Ask {
    NOTES,
    SEQUENCE_NR,
    STOP
  }

  private final String id;
  private final List<Object> notes = new ArrayList<>();
  private ActorRef deleter = ActorRef.noSender();

  Notebook(String id) {
    this.id = id;
  }

  static Props props(String id) {
    return Props.create(Notebook.class, () -> new Notebook(id));
  }

  /** The same in the journal that does not synchronize. Pekko asks for it before fields are set. */
  static final class Unsynced extends Notebook {
    Unsynced(String id) {
      super(id);
    }

    static Props props(String id) {
      return Props.create(Unsynced.class, () -> new Unsynced(id));
    }

    @Override
    public String journalPluginId() {
      return "keyling.leveldb.journal-os";
    }
  }

  @Override
  public String persistenceId() {
    return id;
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder().match(String.class, notes::add).match(byte[].class, notes::add).build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Write.class, this::write)
        .match(WriteAsync.class, this::writeAsync)
        .match(Delete.class, this::delete)
        .match(DeleteMessagesSuccess.class, done -> deleter.tell("deleted", self()))
        .matchEquals(Ask.NOTES, ask -> sender().tell(List.copyOf(notes), self()))
        .matchEquals(Ask.SEQUENCE_NR, ask -> sender().tell(lastSequenceNr(), self()))
        .matchEquals(Ask.STOP, ask -> context().stop(self()))
        .build();
  }

  private void write(Write write) {
    int before = notes.size();
    persistAll(
        write.events(),
        event -> {
          notes.add(event);
          if (notes.size() == before + write.events().size()) {
            sender().tell("written", self());
          }
        });
  }

  private void writeAsync(WriteAsync write) {
    for (Object event : write.events()) {
      persistAsync(event, notes::add);
    }
  }

  private void delete(Delete delete) {
    deleter = sender();
    deleteMessages(delete.to());
  }

  @Override
  public void onPersistRejected(Throwable cause, Object event, long sequenceNr) {
    sender().tell("rejected", self());
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long sequenceNr) {
    sender().tell("failed: " + cause.getMessage(), self());
  }
}
