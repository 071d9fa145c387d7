package dev.keyling;

/**
 * A stream whose every element goes to all key groups of the steps that it is connected with; see
 * {@link KeyedStream#connect(BroadcastStream)}.
 */
public interface BroadcastStream<B> {}
