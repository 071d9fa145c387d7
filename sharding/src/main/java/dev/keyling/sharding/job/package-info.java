/**
 * Jobs: the coordinator of a running dataflow, its attempts, checkpoints and restarts. Used by the
 * extension only.
 */
@NullMarked
package dev.keyling.sharding.job;

import org.jspecify.annotations.NullMarked;
