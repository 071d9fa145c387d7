package dev.keyling.persistence.leveldb.files;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sorted changes of one file or of several. */
interface Run extends Closeable {

  /** Returns a key that is not after the first change. Costs nothing. */
  InternalKey start();

  /** Returns the next change, null after the last one. */
  @Nullable StoredChange next() throws IOException;
}
