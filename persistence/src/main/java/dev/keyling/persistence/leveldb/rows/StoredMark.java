package dev.keyling.persistence.leveldb.rows;

import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Segment;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A mark as it is stored: with the history of its flush, so that the next flush sees whether rows
 * stopped counting meanwhile.
 */
public record StoredMark(Mark mark, History history) {

  private static final int SEGMENT = Integer.BYTES + 2 * Long.BYTES;

  byte[] toValue(byte[] key) {
    List<Segment> segments = history.segments();
    ByteBuffer body =
        ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES + segments.size() * SEGMENT);
    body.putLong(mark.id()).putLong(mark.sequenceNr()).putInt(segments.size());
    for (Segment segment : segments) {
      body.putInt(segment.attempt()).putLong(segment.from()).putLong(segment.to());
    }
    return Sealed.seal(key, body.array());
  }

  /** Reads a mark from the body of a stored value. */
  public static StoredMark of(ByteBuffer body) {
    Mark mark = new Mark(body.getLong(), body.getLong());
    int count = body.getInt();
    List<Segment> segments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      segments.add(new Segment(body.getInt(), body.getLong(), body.getLong()));
    }
    return new StoredMark(mark, History.of(segments));
  }

  /** Tells whether rows that counted at this mark do not count in the history of now. */
  boolean isRolledBackBy(History now) {
    return !history.isKeptBy(now, mark.id());
  }
}
