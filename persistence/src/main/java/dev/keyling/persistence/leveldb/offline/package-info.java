/**
 * A store that nobody uses, looked into from the outside: {@link
 * dev.keyling.persistence.leveldb.offline.OfflineStore} verifies it, counts what is in it and reads
 * single keys and journals, without LevelDB and without changing a file. For tools; nothing that
 * runs imports it.
 */
@NullMarked
package dev.keyling.persistence.leveldb.offline;

import org.jspecify.annotations.NullMarked;
