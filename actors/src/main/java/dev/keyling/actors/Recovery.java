package dev.keyling.actors;

import dev.keyling.actors.CommitFormat.Header;
import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.kernel.AgedStates;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.GroupKey;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.time.TimeDomain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second phase of a key group: from the events of the journal and the rows to keys, timers and the
 * commits that are not in rows yet. Events were only collected; here the valid ones are applied.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final StepHost host;
  private final GroupAddress address;
  private final Open open;

  /** A timer as it is in rows. */
  @SuppressWarnings("ArrayRecordComponent")
  record StoredTimer(byte[] key, byte code, long time) {}

  /** What recovery reads before it applies anything. */
  record Found(
      Open open,
      List<EventLog.Event> events,
      @Nullable Mark mark,
      boolean hasRows,
      List<StoredTimer> timers,
      List<StoredEntry> ofGroup)
      implements GroupCommand.Internal {

    static Found nothing(Open open) {
      return new Found(open, List.of(), null, false, List.of(), List.of());
    }
  }

  /** A commit, whole, as it is in the journal. */
  private record Whole(Header header, List<byte[]> parts, long sequenceNr) {}

  Recovery(StepHost host, GroupAddress address, Open open) {
    this.host = host;
    this.address = address;
    this.open = open;
  }

  /** Reads rows; blocks. */
  Found find(List<EventLog.Event> events) {
    RowStore rows = host.rows();
    boolean hasRows = rows != null && !rows.isEmpty(address);
    if (hasRows || !events.isEmpty()) {
      learnStates();
    }
    if (rows == null || !hasRows) {
      return new Found(open, events, null, false, List.of(), List.of());
    }
    List<StoredTimer> timers = new ArrayList<>();
    rows.timers(
        address, open.history(), (key, code, time) -> timers.add(new StoredTimer(key, code, time)));
    List<StoredEntry> ofGroup =
        rows.read(address, List.of(GroupKey.bytes()), open.history()).get(0);
    return new Found(open, events, rows.mark(address).orElse(null), true, timers, ofGroup);
  }

  /** If no function can be made, the first key that is to wake says so. */
  private void learnStates() {
    if (!host.definition().isOperator()) {
      try {
        host.definition().learnStates(address.group(), open.stamp().attempt(), host.clock());
      } catch (RuntimeException e) {
        LOG.debug("{}: the states are not known before a key wakes", address, e);
      }
    }
  }

  /** Returns what the keys are aged for, once commits are applied; null if no key is stored. */
  @Nullable AgedStates aged(Found found, List<Commit> commits, Keys keys) {
    if (!found.hasRows() && commits.isEmpty()) {
      return null;
    }
    SortedMap<EntryKey, EntryValue> ofGroup = new TreeMap<>();
    for (StoredEntry entry : found.ofGroup()) {
      ofGroup.put(EntryKey.of(entry.entry()), EntryValue.stored(entry.value()));
    }
    return AgedStates.stored(keys.entry(GroupKey.INSTANCE).overlay.over(ofGroup));
  }

  /** Returns the valid commits that are not in rows, applied to the keys' overlays. */
  List<Commit> apply(Found found, Keys keys) {
    Mark mark = found.mark();
    List<Commit> commits = new ArrayList<>();
    for (Whole whole : whole(found.events())) {
      Header header = whole.header();
      boolean inRows = mark != null && header.id() <= mark.id();
      if (!inRows && open.history().contains(header.attempt(), header.id())) {
        Set<KeyEntry> changed = new LinkedHashSet<>();
        for (byte[] part : whole.parts()) {
          CommitFormat.decode(
              part,
              (key, entry, value) -> {
                KeyEntry keyEntry = keys.entryOfBytes(key);
                keyEntry.overlay.recover(
                    entry, value == null ? null : EntryValue.stored(value), header.id());
                changed.add(keyEntry);
              });
        }
        commits.add(
            new Commit(header.id(), whole.parts(), whole.sequenceNr(), new ArrayList<>(changed)));
      }
    }
    return commits;
  }

  private List<Whole> whole(List<EventLog.Event> events) {
    List<Whole> commits = new ArrayList<>();
    List<byte[]> parts = new ArrayList<>();
    Header before = null;
    for (EventLog.Event event : events) {
      Header header = headerOf(event);
      if (before != null && (before.attempt() != header.attempt() || before.id() != header.id())) {
        parts = new ArrayList<>(); // the end of that commit was never written
      }
      parts.add(event.bytes());
      before = header;
      if (header.last()) {
        commits.add(new Whole(header, parts, event.sequenceNr()));
        parts = new ArrayList<>();
        before = null;
      }
    }
    return commits;
  }

  private Header headerOf(EventLog.Event event) {
    try {
      return CommitFormat.header(event.bytes());
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "the journal of key group %s holds at sequence number %d what is no commit: %s; restore the directory from a copy"
              .formatted(address, event.sequenceNr(), e.getMessage()),
          e);
    }
  }

  /** Returns the earliest timer of each key, as rows and commits together say. */
  TimerIndex timers(Found found, Keys keys) {
    TimerIndex index = new TimerIndex();
    RecoveredTimers timers = new RecoveredTimers();
    found.timers().forEach(timer -> timers.add(timer.key(), timer.code(), timer.time()));
    Mark mark = found.mark();
    for (Whole whole : whole(found.events())) {
      Header header = whole.header();
      boolean inRows = mark != null && header.id() <= mark.id();
      if (!inRows && open.history().contains(header.attempt(), header.id())) {
        for (byte[] part : whole.parts()) {
          CommitFormat.decode(
              part,
              (key, entry, value) -> {
                if (entry.isWakeUp()) {
                  timers.change(key, entry.wakeUpCode(), entry.time(), value != null);
                }
              });
        }
      }
    }
    timers.earliest(
        (key, domain, time) -> {
          KeyEntry entry = keys.entryOfBytes(key);
          if (domain == TimeDomain.EVENT_TIME) {
            entry.soonestEvent = time;
          } else {
            entry.soonestProcessing = time;
          }
          index.move(domain, entry.bytes(host.definition().keys()), Long.MAX_VALUE, time);
        });
    return index;
  }
}
