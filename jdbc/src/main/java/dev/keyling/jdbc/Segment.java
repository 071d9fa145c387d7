package dev.keyling.jdbc;

/**
 * Rows that were staged between two checkpoints.
 *
 * @param checkpointId the one that they were staged for; a later one publishes them as well
 * @param epoch who staged them: the number of the writer
 * @param number the number among the segments of this writer
 * @param parts pieces of bytes in the table of staged rows
 * @param rows what they hold
 */
record Segment(long checkpointId, long epoch, long number, int parts, long rows) {}
