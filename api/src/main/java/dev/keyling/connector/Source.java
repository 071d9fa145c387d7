package dev.keyling.connector;

import java.util.List;
import java.util.Optional;

/**
 * Where elements come from: a fixed list of partitions, each read in order.
 *
 * <p>A source object is part of the dataflow's description: immutable, opens nothing by itself, may
 * be used by several threads and run several times.
 *
 * @param <T> the elements; never null
 */
public interface Source<T> {

  /**
   * Returns the names of the partitions: distinct, and the same after every restart. The engine
   * asks when an attempt starts, and reads each partition in its own lane.
   *
   * @throws Exception if they cannot be found out; the job does not start
   */
  List<String> partitions() throws Exception;

  /**
   * Opens one partition. The engine calls it when an attempt starts, once for each partition.
   *
   * @param partition one of {@link #partitions()}
   * @param from what {@link SourceReader#position()} returned for this partition at the checkpoint
   *     that is restored; empty: from the beginning
   * @throws Exception if it cannot be opened there; ends the attempt
   */
  SourceReader<T> open(String partition, Optional<Position> from) throws Exception;

  /**
   * Tells whether re-opening at a position gives the elements after it again. A source that says
   * false loses, at a restart, what it had read after the last checkpoint; the engine refuses it
   * for exactly-once checkpoints unless {@link #lossAccepted()}.
   */
  default boolean replayable() {
    return true;
  }

  /** Tells whether the user has said {@link #acceptLoss()}. */
  default boolean lossAccepted() {
    return false;
  }

  /**
   * Returns this source with the user's word that elements may be lost at a restart, so that it may
   * feed a job with exactly-once checkpoints. A replayable source loses nothing and stays as it is.
   */
  default Source<T> acceptLoss() {
    return replayable() || lossAccepted() ? this : new LossySource<>(this);
  }
}
