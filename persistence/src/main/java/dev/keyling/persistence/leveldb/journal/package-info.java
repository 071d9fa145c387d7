/**
 * The events of persistence ids: their layout, the order of their numbers, replay, deletion, and
 * streams of what is stored. {@link dev.keyling.persistence.leveldb.journal.JournalStore} is the
 * way in; the Pekko plugins that ask it are a room above.
 */
@NullMarked
package dev.keyling.persistence.leveldb.journal;

import org.jspecify.annotations.NullMarked;
