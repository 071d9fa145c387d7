package dev.keyling.checkpoint;

import java.time.Duration;
import java.time.Instant;

/**
 * A completed checkpoint.
 *
 * @param bytes what it added to the journal
 */
public record Checkpoint(long id, Instant completedAt, Duration took, long bytes) {}
