/**
 * Jobs: the coordinator of a running dataflow, its attempts, checkpoints and restarts. Used by the
 * extension, and by tools that read a store which is not open.
 */
@NullMarked
package dev.keyling.sharding.job;

import org.jspecify.annotations.NullMarked;
