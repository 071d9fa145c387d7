/**
 * The rows of key groups: the layout of their keys, what a flush writes, and the filters of the
 * keys that have rows. {@link dev.keyling.persistence.leveldb.rows.LevelDbRowStore} is what others
 * get, as a {@link dev.keyling.persistence.RowStore}.
 */
@NullMarked
package dev.keyling.persistence.leveldb.rows;

import org.jspecify.annotations.NullMarked;
