/** {@code keyling bench jmh}: the parts that every element goes through, each for itself. */
@NullMarked
package dev.keyling.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
