package dev.keyling;

/** A stream that has been marked as one that goes everywhere. */
record PlannedBroadcastStream<B>(PlannedStream<B> stream) implements BroadcastStream<B> {}
