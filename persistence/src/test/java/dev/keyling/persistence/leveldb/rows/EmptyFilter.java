package dev.keyling.persistence.leveldb.rows;

import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.nio.ByteBuffer;

/** A filter that hides all rows of its key group. */
public final class EmptyFilter {

  private EmptyFilter() {}

  public static Changes of(GroupKeys group) {
    BlockedBloom empty = BlockedBloom.withRoomFor(1);
    ByteBuffer body = ByteBuffer.allocate(Integer.BYTES + empty.bytes()).putInt(0);
    empty.write(body);
    return new Changes().put(group.filter(), Sealed.seal(group.filter(), body.array()));
  }
}
