/** The homes of key groups: cluster sharding, one shard per key group. */
@NullMarked
package dev.keyling.sharding.region;

import org.jspecify.annotations.NullMarked;
