/**
 * What the operators of {@code KeyedStream} are made of: each is an ordinary {@code
 * KeyedProcessFunction} of a few lines, and a model for one's own. Nothing that runs dataflows
 * knows any of them. Users call the methods of the streams and need not name these classes.
 */
@NullMarked
package dev.keyling.operator;

import org.jspecify.annotations.NullMarked;
