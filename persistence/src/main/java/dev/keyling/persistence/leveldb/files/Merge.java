package dev.keyling.persistence.leveldb.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * All changes of several runs in order: by key, and the newest of a key first. A run is opened when
 * its turn comes, so that few files are open at a time.
 */
public final class Merge implements Closeable {

  private record Head(InternalKey at, @Nullable StoredChange change, Run run)
      implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      return at.compareTo(other.at);
    }
  }

  private final PriorityQueue<Head> heads = new PriorityQueue<>();

  Merge(Collection<? extends Run> runs) {
    runs.forEach(run -> heads.add(new Head(run.start(), null, run)));
  }

  /** Returns the next change, null after the last one. */
  public @Nullable StoredChange next() throws IOException {
    for (Head head = heads.poll(); head != null; head = heads.poll()) {
      advance(head.run());
      if (head.change() != null) {
        return head.change();
      }
    }
    return null;
  }

  private void advance(Run run) throws IOException {
    StoredChange change = run.next();
    if (change == null) {
      run.close();
    } else {
      heads.add(new Head(change.at(), change, run));
    }
  }

  @Override
  public void close() throws IOException {
    for (Head head : heads) {
      head.run().close();
    }
  }
}
