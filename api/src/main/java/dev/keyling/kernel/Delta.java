package dev.keyling.kernel;

import org.jspecify.annotations.Nullable;

/**
 * One logical change of one entry of a key: set to a value, or removed (null). Applying the same
 * deltas to the same image gives the same image.
 */
public record Delta(EntryKey entry, @Nullable EntryValue value) {}
