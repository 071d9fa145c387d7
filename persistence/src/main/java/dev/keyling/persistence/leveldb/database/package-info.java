/**
 * The open database: {@link dev.keyling.persistence.leveldb.database.Database} with its one writer,
 * its background threads, the space that it keeps free, and the settings of all that. It stores
 * records and does not ask what they mean; the rooms of the journal, the snapshots and the rows are
 * built on it.
 */
@NullMarked
package dev.keyling.persistence.leveldb.database;

import org.jspecify.annotations.NullMarked;
