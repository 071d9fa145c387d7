package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.leveldb.journal.EventRecord;
import dev.keyling.persistence.leveldb.journal.Floor;
import dev.keyling.persistence.leveldb.record.KeyReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks that every event names the one before it, and that nothing is missing behind what was
 * deleted. Floors come after all events, so the first event of a journal waits for its floor.
 */
final class JournalCheck {

  /** First event of a journal that says there was one before it. */
  private record First(long sequenceNr, long previous) {}

  private final Problems problems;
  private final Map<String, First> waiting = new HashMap<>();
  private String id = "";
  private long last;

  JournalCheck(Problems problems) {
    this.problems = problems;
  }

  void event(byte[] key, KeyReader in, ByteBuffer body) {
    String of = text(in);
    long sequenceNr = in.nextLong();
    in.end();
    if (!of.equals(id)) {
      id = of;
      last = 0;
    }
    long previous = EventRecord.previous(body);
    if (last == 0 && previous > 0) {
      waiting.put(id, new First(sequenceNr, previous));
    } else if (previous != last) {
      problems.add(RecordInWords.of(key), "the event before it, " + previous + ", is missing");
    }
    if (previous >= sequenceNr) {
      problems.add(RecordInWords.of(key), "names a later event as the one before: " + previous);
    }
    byte[] unused = EventRecord.payloadBytes(body);
    last = sequenceNr;
  }

  void floor(byte[] key, KeyReader in, ByteBuffer body) {
    String of = text(in);
    in.end();
    Floor floor = Floor.of(body);
    if (floor.deletedTo() > floor.highest() || floor.purgedTo() > floor.deletedTo()) {
      problems.add(RecordInWords.of(key), "contradicts itself: " + floor);
    }
    First first = waiting.get(of);
    if (first != null && first.previous() <= floor.deletedTo()) {
      waiting.remove(of);
    }
  }

  /** What still waits has lost its beginning. */
  void end() {
    waiting.forEach(
        (of, first) ->
            problems.add(
                "event " + first.sequenceNr() + " of " + of,
                "the event before it, " + first.previous() + ", is missing"));
  }

  private static String text(KeyReader in) {
    return new String(in.terminated(), StandardCharsets.UTF_8);
  }
}
