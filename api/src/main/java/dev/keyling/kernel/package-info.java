/**
 * The meaning of one step: a key's image, the turns it takes, the deltas that come of it. Pure: no
 * actors, clock, threads or random. For the rooms that run keys, not for users.
 */
@NullMarked
package dev.keyling.kernel;

import org.jspecify.annotations.NullMarked;
