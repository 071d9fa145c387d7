package dev.keyling.plan;

import java.time.InstantSource;

/**
 * Where a stateless step runs.
 *
 * @param lane its name, the same in every run
 * @param attempt from 1
 */
public record Whereabouts(String lane, int attempt, InstantSource clock) {}
