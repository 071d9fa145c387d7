package dev.keyling.time;

import org.jspecify.annotations.Nullable;

/** A value and its timestamp in ms since 1970, null if it has none. */
public record TimestampedValue<T>(T value, @Nullable Long timestamp) {}
