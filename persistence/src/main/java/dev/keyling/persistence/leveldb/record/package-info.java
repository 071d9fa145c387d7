/**
 * How every record is stored: the {@link dev.keyling.persistence.leveldb.record.Tag} its key starts
 * with, how keys are written and read, the seal of its value, and the chain of the batches that
 * wrote it. Knows nothing else of the store; all its rooms import it.
 */
@NullMarked
package dev.keyling.persistence.leveldb.record;

import org.jspecify.annotations.NullMarked;
