/**
 * Savepoints: portable copies of what a job knew at a checkpoint, one directory each; written,
 * read, parted anew and rewritten without the job. The format is in {@code docs/savepoints.md}. May
 * be imported by the rooms above.
 */
@NullMarked
package dev.keyling.persistence.savepoint;

import org.jspecify.annotations.NullMarked;
