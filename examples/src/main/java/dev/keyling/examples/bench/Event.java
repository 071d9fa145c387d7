package dev.keyling.examples.bench;

/** An element of a workload; timestamp in ms. */
record Event(String key, long amount, long timestamp) {}
