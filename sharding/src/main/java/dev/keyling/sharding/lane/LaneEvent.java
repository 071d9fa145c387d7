package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;

/** What a lane carries. */
public sealed interface LaneEvent {

  /** Elements; the port says which output of a keyed step they are. */
  record Data(Elements elements, int port) implements LaneEvent {}

  /** What cuts or steers the stream of elements; what came before is before it, everywhere. */
  sealed interface Control extends LaneEvent {}

  /** A checkpoint's cut. */
  record Marker(long id) implements Control {}

  /** No earlier timestamps are to be expected. */
  record Watermark(long time) implements Control {}

  /** The lane has no elements for now (or has again) and holds no watermark back. */
  record Idle(boolean idle) implements Control {}

  /** The last element has passed. Markers still follow. */
  record End() implements Control {}
}
