package dev.keyling.checkpoint;

/**
 * What becomes of the restore points of a job when it ends: of the retained checkpoints before the
 * newest one, and of what a {@link CheckpointStorage} holds outside of the store.
 *
 * <p>The newest completed checkpoint is not meant: it is the memory of the dataflow in its store,
 * always stays, and a later run goes on from it. A job that has finished keeps no restore points,
 * whatever this says. When the process dies nothing is cleaned up, and the next run goes on with
 * what is there.
 */
public enum ExternalizedCheckpointCleanup {
  /** They go when the job is cancelled, and stay when it fails. */
  DELETE_ON_CANCELLATION,
  /** They stay when the job is cancelled and when it fails. */
  RETAIN_ON_CANCELLATION,
  /** They go however the job ends. The default. */
  NO_EXTERNALIZED_CHECKPOINTS
}
