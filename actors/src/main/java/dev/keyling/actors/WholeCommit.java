package dev.keyling.actors;

import dev.keyling.actors.CommitFormat.Header;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * A commit as it is in the journal, with all of its parts.
 *
 * @param sequenceNr of its last part
 */
record WholeCommit(Header header, List<byte[]> parts, long sequenceNr) {

  /**
   * Returns the whole commits of a journal, in their order.
   *
   * @throws StoreException if an event is no part of a commit
   */
  static List<WholeCommit> of(GroupAddress address, List<EventLog.Event> events) {
    List<WholeCommit> commits = new ArrayList<>();
    List<byte[]> parts = new ArrayList<>();
    Header before = null;
    for (EventLog.Event event : events) {
      Header header = headerOf(address, event);
      if (before != null && (before.attempt() != header.attempt() || before.id() != header.id())) {
        parts = new ArrayList<>(); // the end of that commit was never written
      }
      parts.add(event.bytes());
      before = header;
      if (header.last()) {
        commits.add(new WholeCommit(header, parts, event.sequenceNr()));
        parts = new ArrayList<>();
        before = null;
      }
    }
    return commits;
  }

  private static Header headerOf(GroupAddress address, EventLog.Event event) {
    try {
      return CommitFormat.header(event.bytes());
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "the journal of key group %s holds at sequence number %d what is no commit: %s; restore the directory from a copy"
              .formatted(address, event.sequenceNr(), e.getMessage()),
          e);
    }
  }
}
