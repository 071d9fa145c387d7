/**
 * What the engine keeps of a key group: immutable, versioned rows in a {@link
 * dev.keyling.persistence.RowStore}. Stores live in packages below; the engine uses only this one.
 */
@NullMarked
package dev.keyling.persistence;

import org.jspecify.annotations.NullMarked;
