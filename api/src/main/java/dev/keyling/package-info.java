/**
 * The language: what a user writes to say what happens to one key. Every other room may import it;
 * it imports nothing but the JDK and its own sub-packages.
 */
@NullMarked
package dev.keyling;

import org.jspecify.annotations.NullMarked;
