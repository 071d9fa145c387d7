/**
 * The snapshots of persistence ids: their layout, and one after the other what is asked of one id.
 * {@link dev.keyling.persistence.leveldb.snapshots.Snapshots} is the way in; the Pekko plugin that
 * asks it is a room above.
 */
@NullMarked
package dev.keyling.persistence.leveldb.snapshots;

import org.jspecify.annotations.NullMarked;
