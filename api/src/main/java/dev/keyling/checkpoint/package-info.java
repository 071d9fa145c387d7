/** When checkpoints are taken, and what one is. Part of the language. */
@NullMarked
package dev.keyling.checkpoint;

import org.jspecify.annotations.NullMarked;
