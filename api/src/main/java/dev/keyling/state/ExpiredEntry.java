package dev.keyling.state;

import org.jspecify.annotations.Nullable;

/**
 * An entry that was removed because its time to live had passed.
 *
 * @param state the name of the state
 * @param key the entry's key in a map state; null for other kinds
 * @param value the value, list element, map value (which may be null) or what {@code get()} of a
 *     reducing or aggregating state would have given
 */
public record ExpiredEntry(String state, @Nullable Object key, @Nullable Object value) {}
