package dev.keyling.connector;

/**
 * A sink whose results are visible as soon as they are flushed. After a restart, those written
 * since the last completed checkpoint are written again.
 *
 * @param <T> the elements it takes; never null
 */
public non-sealed interface AtLeastOnceSink<T> extends Sink<T> {}
