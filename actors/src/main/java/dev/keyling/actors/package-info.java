/**
 * The life of a key: key actors, their key groups and what these say to each other. For {@code
 * sharding} only; imports {@code api} and {@code persistence}.
 */
@NullMarked
package dev.keyling.actors;

import org.jspecify.annotations.NullMarked;
