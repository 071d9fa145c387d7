/**
 * The files of a store while nobody has it open, read without LevelDB: manifest, tables and logs
 * are checked here before LevelDB believes them, beside them the lock, the identity and the synced
 * mark. {@link dev.keyling.persistence.leveldb.files.StoreFiles} is the way in; only {@code
 * database} and {@code offline} import it.
 */
@NullMarked
package dev.keyling.persistence.leveldb.files;

import org.jspecify.annotations.NullMarked;
