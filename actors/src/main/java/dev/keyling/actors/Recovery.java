package dev.keyling.actors;

import dev.keyling.actors.CommitFormat.Header;
import dev.keyling.actors.GroupCommand.Open;
import dev.keyling.kernel.AgedStates;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.GroupKey;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.KeyFilter;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.time.TimeDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second phase of a key group: from the events of the journal and the rows to timers and the
 * commits that are not in rows yet. Events were only collected; here the valid ones are found. What
 * they say of a key is not read before the key is needed ({@link Tail}).
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final StepHost host;
  private final GroupAddress address;
  private final Open open;

  /**
   * What recovery has found.
   *
   * @param commits those that count and are not in rows, oldest first; of no keys, as their changes
   *     are in the tail
   */
  record Found(
      Open open,
      List<Commit> commits,
      Tail tail,
      RecoveredTimers timers,
      @Nullable Mark mark,
      boolean hasRows,
      KeyFilter filter,
      List<StoredEntry> ofGroup)
      implements GroupCommand.Internal {

    static Found nothing(Open open) {
      return new Found(
          open,
          List.of(),
          new Tail().indexed(),
          new RecoveredTimers(),
          null,
          false,
          KeyFilter.EVERY,
          List.of());
    }

    /** Returns the newest commit that is stored, rows included; the smallest number if none is. */
    long newest() {
      return Math.max(tail.newest(), mark == null ? Long.MIN_VALUE : mark.id());
    }
  }

  Recovery(StepHost host, GroupAddress address, Open open) {
    this.host = host;
    this.address = address;
    this.open = open;
  }

  /** Reads rows and looks through commits; blocks. */
  Found find(List<EventLog.Event> events) {
    RowStore rows = host.rows();
    boolean hasRows = rows != null && !rows.isEmpty(address);
    if (hasRows || !events.isEmpty()) {
      learnStates();
    }
    RecoveredTimers timers = new RecoveredTimers();
    Mark mark = null;
    List<StoredEntry> ofGroup = List.of();
    if (rows != null && hasRows) {
      rows.timers(address, open.history(), timers::add);
      mark = rows.mark(address).orElse(null);
      ofGroup = rows.read(address, List.of(GroupKey.bytes()), open.history()).get(0);
    }
    Tail tail = new Tail();
    List<Commit> commits = new ArrayList<>();
    for (WholeCommit whole : WholeCommit.of(address, events)) {
      Header header = whole.header();
      boolean inRows = mark != null && header.id() <= mark.id();
      if (!inRows && open.history().contains(header.attempt(), header.id())) {
        tail.add(header.id(), whole.parts(), timers);
        commits.add(new Commit(header.id(), whole.parts(), whole.sequenceNr(), List.of()));
      }
    }
    KeyFilter filter = rows == null ? KeyFilter.EVERY : rows.filter(address);
    return new Found(open, commits, tail.indexed(), timers, mark, hasRows, filter, ofGroup);
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

  /** Returns what the keys are aged for; null if no key is stored. */
  @Nullable AgedStates aged(Found found, Keys keys) {
    if (!found.hasRows() && found.commits().isEmpty()) {
      return null;
    }
    SortedMap<EntryKey, EntryValue> ofGroup = new TreeMap<>();
    for (StoredEntry entry : found.ofGroup()) {
      ofGroup.put(EntryKey.of(entry.entry()), EntryValue.stored(entry.value()));
    }
    return AgedStates.stored(keys.entry(GroupKey.INSTANCE).overlay.over(ofGroup));
  }

  /** Returns the earliest timer of each key, as rows and commits together say. */
  TimerIndex timers(Found found, Keys keys) {
    TimerIndex index = new TimerIndex();
    found
        .timers()
        .earliest(
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
