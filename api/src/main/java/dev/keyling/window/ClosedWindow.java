package dev.keyling.window;

import java.util.List;

/**
 * Says that a window of a key is over: after it nothing is emitted for this window.
 *
 * @param merged the windows that became part of it when they had elements of their own already;
 *     only sessions have any
 */
public record ClosedWindow<K, W extends Window>(K key, W window, List<W> merged) {}
