package dev.keyling.window;

import dev.keyling.time.TimestampedValue;
import java.util.List;

/** Keeps the elements that came last. */
record NewestByCount<T>(long newest) implements Evictor<T, Window> {

  NewestByCount {
    if (newest < 1) {
      throw new IllegalArgumentException("an evictor keeps 1 element or more, not " + newest);
    }
  }

  @Override
  public void evictBefore(List<TimestampedValue<T>> elements, Window window) {
    if (elements.size() > newest) {
      elements.subList(0, elements.size() - (int) newest).clear();
    }
  }
}
