/**
 * The embedded store: one LevelDB database per directory that holds the journal, the snapshots and
 * the rows, with one writer. Here is what applications and their configurations name, {@link
 * dev.keyling.persistence.leveldb.EmbeddedStore} and the Pekko plugins; its settings are {@link
 * dev.keyling.persistence.leveldb.database.LevelDbSettings}, a closed store is looked into with
 * {@link dev.keyling.persistence.leveldb.offline.OfflineStore}, and the stored layout is described
 * at {@link dev.keyling.persistence.leveldb.record.Tag}. What is behind them: {@code record} below
 * all, then {@code files}, {@code database} over it, and on that {@code journal}, {@code snapshots}
 * and {@code rows}, which do not know each other.
 */
@NullMarked
package dev.keyling.persistence.leveldb;

import org.jspecify.annotations.NullMarked;
