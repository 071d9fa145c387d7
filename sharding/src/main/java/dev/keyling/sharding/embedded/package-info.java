/**
 * A keyed step in somebody's Pekko stream: no coordinator, no checkpoints; every batch is committed
 * before its outputs leave.
 */
@NullMarked
package dev.keyling.sharding.embedded;

import org.jspecify.annotations.NullMarked;
