package dev.keyling.connector;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition of a source, element by element.
 *
 * <p>Used by one thread at a time; the engine makes what one thread did visible to the next.
 *
 * @param <T> the elements; never null
 */
public interface SourceReader<T> extends AutoCloseable {

  /** What {@link #advance()} found. */
  enum Status {
    /** The next element is there: {@link #current()} returns it. */
    ELEMENT,
    /** Nothing at the moment; the engine asks again a little later, and before each checkpoint. */
    IDLE,
    /** Nothing any more; the engine does not ask again. */
    END
  }

  /**
   * Moves to the next element. Does not wait for elements that do not exist yet: it returns {@link
   * Status#IDLE}. Reading what exists may block.
   *
   * @throws Exception if the partition cannot be read; ends the attempt
   */
  Status advance() throws Exception;

  /**
   * Returns the element that the last {@link #advance()} found; the same one until the next call.
   * Asked only after {@link Status#ELEMENT}.
   */
  T current();

  /**
   * Returns the event time of {@link #current()} in milliseconds since 1970, or null if the source
   * knows none. Asked only after {@link Status#ELEMENT}.
   */
  default @Nullable Long timestamp() {
    return null;
  }

  /**
   * Returns where to re-open the partition so that the next element is the one after {@link
   * #current()}. Before the first element: where this reader started. May be asked at any time,
   * also when idle or at the end; asked at every checkpoint, not at every element.
   */
  Position position();

  /** Releases the partition. Called once, also after a failure. */
  @Override
  void close() throws IOException;
}
