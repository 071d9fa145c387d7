/**
 * What is measured, whichever engine does it: the events, what must come of them, and the line that
 * says how fast it was. Knows the JDK and picocli, so that no engine's jar gets beside another's.
 */
@NullMarked
package dev.keyling.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
