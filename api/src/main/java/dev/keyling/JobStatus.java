package dev.keyling;

/** Where a job is in its life. */
public enum JobStatus {
  STARTING,
  RUNNING,
  RESTARTING,
  FINISHED,
  CANCELLED,
  FAILED
}
