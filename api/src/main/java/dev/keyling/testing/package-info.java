/**
 * Tests without an actor system: the user's steps and dataflows in one thread, with a clock that is
 * moved by hand, on the same kernel as the running system. Nothing in Keyling itself may import it.
 */
@NullMarked
package dev.keyling.testing;

import org.jspecify.annotations.NullMarked;
