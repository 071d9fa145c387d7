package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.semantics.world.Stored;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Reads what is stored of the keys of key groups, beside their lives: the rows, and the commits of
 * the journal on top. Right as long as nothing was rolled back after it was committed.
 */
public final class StoredGroups {
  private static final AtomicInteger READERS = new AtomicInteger();

  private StoredGroups() {}

  public static Set<Stored> read(ActorSystem<?> system, RowStore rows, GroupAddress group)
      throws Exception {
    List<EventLog.Event> journal = journal(system, group); // first: rows come before the trim
    // then this: commits that become rows meanwhile are applied once more, in their order
    long inRows = rows.mark(group).map(Mark::id).orElse(Long.MIN_VALUE);
    Set<Stored> stored = new HashSet<>();
    List<byte[]> keys = rows.keys(group, History.everything(), null, Integer.MAX_VALUE);
    List<List<StoredEntry>> images = rows.read(group, keys, History.everything());
    for (int i = 0; i < keys.size(); i++) {
      for (StoredEntry entry : images.get(i)) {
        stored.add(new Stored(ByteBuffer.wrap(keys.get(i)), EntryKey.of(entry.entry())));
      }
    }
    for (EventLog.Event event : journal) {
      if (CommitFormat.header(event.bytes()).id() > inRows) {
        CommitFormat.decode(event.bytes(), (key, entry, value) -> apply(stored, key, entry, value));
      }
    }
    stored.removeIf(each -> each.entry().isAgedState()); // of no key, and of no state
    return stored;
  }

  private static void apply(Set<Stored> stored, byte[] key, EntryKey entry, byte[] value) {
    Stored change = new Stored(ByteBuffer.wrap(key), entry);
    if (value == null) {
      stored.remove(change);
    } else {
      stored.add(change);
    }
  }

  private static List<EventLog.Event> journal(ActorSystem<?> system, GroupAddress group)
      throws Exception {
    CompletableFuture<List<EventLog.Event>> events = new CompletableFuture<>();
    ActorRef<Done> reader =
        system.systemActorOf(
            Behaviors.setup(
                context -> {
                  Adapter.actorOf(
                      context,
                      EventLog.props(
                          group.persistenceId(),
                          told -> {
                            if (told instanceof EventLog.Recovered recovered) {
                              events.complete(recovered.events());
                            }
                          }));
                  return Behaviors.receiveMessage(done -> Behaviors.stopped());
                }),
            "stored-" + READERS.incrementAndGet(),
            Props.empty());
    try {
      return events.get(20, TimeUnit.SECONDS);
    } finally {
      reader.tell(Done.getInstance());
    }
  }
}
