package dev.keyling.window;

import dev.keyling.time.TimestampedValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the elements that are younger than the youngest less a span. */
record NewestByTime<T>(long span) implements Evictor<T, Window> {

  @Override
  public void evictBefore(List<TimestampedValue<T>> elements, Window window) {
    if (elements.isEmpty() || elements.get(0).timestamp() == null) {
      return;
    }
    long youngest =
        elements.stream()
            .map(TimestampedValue::timestamp)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .max()
            .orElseThrow();
    elements.removeIf(each -> isOld(each.timestamp(), youngest));
  }

  private boolean isOld(@Nullable Long timestamp, long youngest) {
    return timestamp == null || timestamp <= youngest - span;
  }
}
