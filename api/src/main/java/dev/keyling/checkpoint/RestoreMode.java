package dev.keyling.checkpoint;

/** Whom a savepoint belongs to once a job has been restored from it. */
public enum RestoreMode {
  /** The job: it deletes the directory as soon as its own store holds everything durably. */
  CLAIM,
  /** Still the user: nothing in the directory is changed. The job needs it no longer either. */
  NO_CLAIM
}
