/** The workloads as keyed functions of Keyling, written as an application would write them. */
@NullMarked
package dev.keyling.benchmarks.functions;

import org.jspecify.annotations.NullMarked;
