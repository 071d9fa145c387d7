/**
 * Reading lines of text as the elements of the examples, and refusing those that are none. Imports
 * nothing but the language.
 */
@NullMarked
package dev.keyling.examples.input;

import org.jspecify.annotations.NullMarked;
