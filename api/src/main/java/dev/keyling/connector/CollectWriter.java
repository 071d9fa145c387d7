package dev.keyling.connector;

import java.util.Collection;

/** Adds each element to a collection, under the collection's monitor. */
record CollectWriter<T>(Collection<? super T> into) implements SinkWriter<T> {

  @Override
  public void write(T element) {
    synchronized (into) {
      into.add(element);
    }
  }

  @Override
  public void close() {}
}
