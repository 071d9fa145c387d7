package dev.keyling.examples.programs;

/** Somebody pays. */
public record Payment(String user, long amount) {}
