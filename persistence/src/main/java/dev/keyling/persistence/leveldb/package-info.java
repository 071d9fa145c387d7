/**
 * The embedded store: one LevelDB database per directory that holds the journal and the rows, with
 * one writer. Applications reach it through {@link dev.keyling.persistence.leveldb.EmbeddedStore};
 * the stored layout is described at {@link dev.keyling.persistence.leveldb.Tag}.
 */
@NullMarked
package dev.keyling.persistence.leveldb;

import org.jspecify.annotations.NullMarked;
