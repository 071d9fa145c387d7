/**
 * Where the content of checkpoints is kept outside of the store. Knows nothing of what it is; the
 * coordinator of a job uses it.
 */
@NullMarked
package dev.keyling.persistence.checkpoint;

import org.jspecify.annotations.NullMarked;
