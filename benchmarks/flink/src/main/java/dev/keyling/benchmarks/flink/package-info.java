/**
 * The workloads as ordinary DataStream jobs of Apache Flink, written as a user would who cares for
 * speed: tuples, objects reused. Runs in a JVM without any runtime of Keyling.
 */
@NullMarked
package dev.keyling.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
