package dev.keyling.connector;

import java.util.List;

/**
 * The last completed checkpoint, as one {@link CommittingWriter} sees it.
 *
 * @param checkpointId the checkpoint that is restored
 * @param handles what {@link CommittingWriter#prepare} of this writer (the same sink and partition)
 *     returned for this checkpoint, after those of earlier checkpoints that may not have been
 *     committed yet, oldest first. Empty: this checkpoint knows nothing of this writer, the sink is
 *     new in the dataflow
 */
public record Restored(long checkpointId, List<byte[]> handles) {
  public Restored {
    handles = List.copyOf(handles);
  }
}
