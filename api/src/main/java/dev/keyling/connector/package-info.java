/**
 * The edges of a dataflow: where elements come from and where results go.
 *
 * <p>The root of the package is what users implement and call. It depends on nothing but the JDK:
 * no other package of Keyling, no logger, no thread of its own. The engine drives readers and
 * writers; it alone decides when a position is stored and when a result is published.
 */
@NullMarked
package dev.keyling.connector;

import org.jspecify.annotations.NullMarked;
