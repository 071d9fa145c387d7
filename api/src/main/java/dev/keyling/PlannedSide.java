package dev.keyling;

import dev.keyling.state.TypeInformation;

/** A side of a join; not a record, since two sides of one stream are two. */
final class PlannedSide<K, V> implements JoinSide<K, V> {
  final PlannedKeyedStream<K, V> stream;
  final TypeInformation<V> type;

  private final OutputTag<V> late;

  PlannedSide(PlannedKeyedStream<K, V> stream, TypeInformation<V> type) {
    this.stream = stream;
    this.type = type;
    this.late = new OutputTag<>("late of side " + stream.flow.nextSide());
  }

  @Override
  public OutputTag<V> late() {
    return late;
  }
}
