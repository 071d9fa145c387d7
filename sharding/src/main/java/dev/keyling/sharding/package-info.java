/**
 * The home of a key: the Pekko extension, cluster sharding, the keyed stage and the checkpoint
 * coordinator. For applications and {@code examples}; imports every room below it.
 */
@NullMarked
package dev.keyling.sharding;

import org.jspecify.annotations.NullMarked;
