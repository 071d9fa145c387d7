/** Pekko Streams sources and sinks as edges of a dataflow. */
@NullMarked
package dev.keyling.sharding.source;

import org.jspecify.annotations.NullMarked;
