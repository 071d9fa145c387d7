package dev.keyling.persistence.savepoint;

import dev.keyling.connector.Position;
import dev.keyling.persistence.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a savepoint says of itself: what it is of, what lies in its files, and what a checkpoint is
 * beside the state of keys.
 *
 * @param creation tells savepoints apart, whatever they are of; in every file of this one
 * @param checkpointId the checkpoint that it is a copy of, or was made from; 0 if from none
 * @param completedAt when that checkpoint was complete, in whole milliseconds
 * @param steps in the order of the dataflow
 * @param positions by source step and partition ({@code step/partition}), where to read on
 * @param generators by lane and node, what watermark generators knew
 * @param watermarks by step id
 * @param handles by sink step id, what the sink had staged and may not have published, oldest first
 * @param ended ids of the steps whose functions knew that the input had ended
 */
public record SavepointManifest(
    String dataflow,
    String creation,
    long checkpointId,
    Instant completedAt,
    List<SavedStep> steps,
    Map<String, Position> positions,
    Map<String, Long> generators,
    Map<String, Long> watermarks,
    Map<String, List<byte[]>> handles,
    Set<String> ended) {

  /** Number of the format that this version writes, and the only one that it reads. */
  public static final int FORMAT = 1;

  /**
   * Returns what there is of a step.
   *
   * @throws StoreException if there is nothing of it
   */
  public SavedStep step(String id) {
    return steps.stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new StoreException(
                    "the savepoint of dataflow \"%s\" has no step \"%s\"; it has %s"
                        .formatted(
                            dataflow,
                            id,
                            steps.stream()
                                .map(step -> '"' + step.id() + '"')
                                .collect(Collectors.joining(", ")))));
  }

  /** Says which step of which dataflow, for messages. */
  String where(SavedStep step) {
    return "dataflow \"" + dataflow + "\" step \"" + step.id() + "\"";
  }
}
