/**
 * Lanes: the Pekko Streams that carry elements from sources to keyed steps and from key groups to
 * sinks. A lane knows nothing of the job; it tells {@link dev.keyling.sharding.lane.AttemptEvents}.
 */
@NullMarked
package dev.keyling.sharding.lane;

import org.jspecify.annotations.NullMarked;
