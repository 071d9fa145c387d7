package dev.keyling;

/**
 * How far a job has come.
 *
 * @param elements read from sources, those of failed attempts included
 * @param checkpoints completed since this run began
 * @param attempt the run number, which counts on over restarts of the process
 */
public record JobProgress(long elements, long checkpoints, int attempt) {}
