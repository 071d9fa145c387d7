/**
 * The command line: options, the dataflow around an example, and what the user gets to read. Only
 * {@code Main} may import it.
 */
@NullMarked
package dev.keyling.examples.cli;

import org.jspecify.annotations.NullMarked;
