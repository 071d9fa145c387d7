/** The states of a key, their descriptors and types. Part of the language; anybody may use it. */
@NullMarked
package dev.keyling.state;

import org.jspecify.annotations.NullMarked;
