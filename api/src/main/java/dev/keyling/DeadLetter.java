package dev.keyling;

import org.jspecify.annotations.Nullable;

/**
 * An element that a keyed step skipped because the user's function threw.
 *
 * @param key the key, or null if it was a broadcast element that threw
 * @param element the element, or null if it was a timer or the end of input that threw
 */
public record DeadLetter(
    String stepId, @Nullable Object key, @Nullable Object element, Throwable cause) {}
