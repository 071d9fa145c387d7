/**
 * Windows: which elements of a key belong together by time, and when what is made of them is
 * emitted. They are ordinary keyed functions; nothing that runs dataflows knows any of them. Part
 * of the language; anybody may use it.
 */
@NullMarked
package dev.keyling.window;

import org.jspecify.annotations.NullMarked;
