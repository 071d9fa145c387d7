/**
 * Programs a user copies, and the command line that runs them. Nobody but the system tests may
 * import it.
 */
@NullMarked
package dev.keyling.examples;

import org.jspecify.annotations.NullMarked;
