/**
 * The whole of Keyling as a user starts it: processes that are killed and go on, real input, what
 * the command line refuses.
 */
@NullMarked
package dev.keyling.system;

import org.jspecify.annotations.NullMarked;
