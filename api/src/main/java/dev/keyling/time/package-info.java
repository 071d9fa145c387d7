/** Clocks, timers and watermarks. Part of the language; anybody may use it. */
@NullMarked
package dev.keyling.time;

import org.jspecify.annotations.NullMarked;
