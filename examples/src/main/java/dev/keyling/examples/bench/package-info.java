/** {@code keyling bench}: measures workloads through the public API, and verifies every count. */
@NullMarked
package dev.keyling.examples.bench;

import org.jspecify.annotations.NullMarked;
