package dev.keyling;

/**
 * How far a job has come.
 *
 * @param elements read from sources, those of failed attempts included
 * @param late elements that came to a keyed step with a timestamp at or behind its watermark, those
 *     of failed attempts included; they are handled like all others
 * @param checkpoints completed since this run began
 * @param attempt the run number, which counts on over restarts of the process
 */
public record JobProgress(long elements, long late, long checkpoints, int attempt) {}
