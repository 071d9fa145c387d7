package dev.keyling;

/** The two sides of {@link DataStream#branch}. */
public record Branch<T>(DataStream<T> trues, DataStream<T> falses) {}
