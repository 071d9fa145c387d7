/**
 * How numbers, strings and byte strings are laid out in what Keyling stores. Every package may
 * import it; it imports none.
 */
@NullMarked
package dev.keyling.bytes;

import org.jspecify.annotations.NullMarked;
