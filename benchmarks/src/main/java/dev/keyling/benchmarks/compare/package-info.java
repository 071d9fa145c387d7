/** {@code keyling bench compare}: Keyling and Flink in turns, each run in a JVM of its own. */
@NullMarked
package dev.keyling.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
