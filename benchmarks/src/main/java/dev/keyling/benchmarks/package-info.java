/** {@code keyling bench}: measures workloads through the public API, and verifies every count. */
@NullMarked
package dev.keyling.benchmarks;

import org.jspecify.annotations.NullMarked;
